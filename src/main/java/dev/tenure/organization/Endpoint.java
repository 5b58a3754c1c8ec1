package dev.tenure.organization;

/// An organization as a client sees it: `base` is the absolute address of its SCIM endpoint without
/// a slash at its end, such as `https://host/acme/scim/v2`. References start with it.
public record Endpoint(Organization organization, String base) {}
