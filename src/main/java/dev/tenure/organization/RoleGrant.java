package dev.tenure.organization;

/// A role, and the division that it is limited to; empty: the division of who has it.
public record RoleGrant(String role, String division) {}
