package dev.tenure.flow;

/// Two configurations of a flow with the same fingerprint are the same. `rules` differs where
/// anything that is said of the flow, its ends or the tables does; `ends` where what is said of the
/// source or the target does.
public record Fingerprint(String rules, String ends) {}
