package dev.tenure.target.foreign;

/// SCIMMY: a whole implementation of the protocol for Express.
class ScimmyTest extends ForeignContract {
  ScimmyTest() {
    super("scimmy");
  }
}
