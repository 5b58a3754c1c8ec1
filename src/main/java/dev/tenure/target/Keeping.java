package dev.tenure.target;

/// What a target says that it does with an attribute of its users (RFC 7643 §7).
public enum Keeping {
  /// Keeps what is written, and shows it.
  KEPT("keeps", ""),
  UNKNOWN(
      "does not know",
      "take the attribute out of the flow, or write 'readSchemas: false' at the target where its"
          + " /Schemas are wrong"),
  READ_ONLY(
      "lets nobody write",
      "take the attribute out of the flow, or write 'readSchemas: false' at the target where its"
          + " /Schemas are wrong"),
  /// Keeps the first value.
  IMMUTABLE("lets nobody change", "write 'owner: on-create' at the rule"),
  /// Takes what is written, and does not show it to who reads all accounts.
  UNSEEN("does not show", "write 'owner: on-create' at the rule");

  private final String words;
  private final String remedy;

  Keeping(String words, String remedy) {
    this.words = words;
    this.remedy = remedy;
  }

  /// What it does, between the target and the attribute's name.
  public String words() {
    return words;
  }

  /// What somebody can do about it whose flow maps the attribute.
  public String remedy() {
    return remedy;
  }
}
