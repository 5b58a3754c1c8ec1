package dev.tenure.target.foreign;

/// The SCIM plugin of Better Auth, with its own store.
class BetterAuthTest extends ForeignContract {
  BetterAuthTest() {
    super("better-auth");
  }
}
