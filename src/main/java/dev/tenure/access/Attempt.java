package dev.tenure.access;

import dev.tenure.config.Secret;

/// Somebody who wants to sign in. `remote` is the client's address, `agent` what the browser calls
/// itself.
public record Attempt(String name, Secret password, String remote, String agent) {}
