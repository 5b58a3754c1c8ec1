package dev.tenure.plan;

/// Something that people have in common: `department=Sales`, `ou=OU=Berlin,DC=corp`, `group=Staff`.
/// Everybody has [#EVERYBODY].
public record Trait(String attribute, String value) {
  static final Trait EVERYBODY = new Trait("", "");

  @Override
  public String toString() {
    return equals(EVERYBODY) ? "everybody" : attribute + "=" + value;
  }
}
