package dev.tenure.id;

/// The name of a flow: 1 to 40 of `a-z 0-9 -`, starting with a letter.
public record FlowId(String value) {
  public FlowId {
    Names.require("flow", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
