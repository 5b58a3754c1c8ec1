package dev.tenure.policy;

/// From when on the leavers of one plan look like an accident: more than `leaversMax` of them, and
/// more than `leaversShareMax` (0 to 1) of the linked accounts that are active. Both must be
/// exceeded.
public record GuardLimits(int leaversMax, double leaversShareMax) {}
