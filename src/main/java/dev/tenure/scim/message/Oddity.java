package dev.tenure.scim.message;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// A habit of a client that the RFCs do not have, or that gives away who it is.
public enum Oddity {
  ENTRA_FLAG("has the parameter aadOptscim062020 or AzureAdScimPatch2017 in the query"),
  MICROSOFT_SCHEMA("names a schema of Microsoft's own in 'schemas'"),
  UUID_LOOKUP("looks for a user or group whose name is a random UUID (a connection test)"),
  OP_IN_CAPITALS("writes 'op' with capital letters, as \"Replace\""),
  NAMES_IN_OTHER_CASE("writes the names of a PATCH in another letter case, as \"operations\""),
  BOOLEAN_AS_TEXT("sends true and false as text, as \"False\""),
  NUMBER_FOR_TEXT("sends a number where text is meant"),
  NULLS("sends null for what has no value"),
  NULL_PATH("sends a 'path' that is null"),
  LIST_WITHOUT_PATH("sends the value of an operation without a path as a list of one"),
  DOTTED_NAMES("names sub-attributes with a dot in a value, as \"name.givenName\""),
  ID_IN_VALUE("sends the id along in an operation without a path"),
  READ_ONLY_AT_CREATION("sends id, meta or groups when it creates"),
  VALUE_WITH_REMOVE("sends a value along with 'remove', instead of a filter in the path"),
  ROLE_AS_JSON("sends a role as JSON within text"),
  BARE_MANAGER("sends the manager as a bare id, or in a list"),
  BOOLEAN_AS_TEXT_IN_FILTER("compares a boolean with text, as primary eq \"True\""),
  WORD_WITHOUT_QUOTES("leaves out the quotes round a text in a filter"),
  TAIL_IN_FILTER("asks for a sub-attribute behind brackets, as emails[type eq \"work\"].value eq"),
  UNREGISTERED_SCHEMAS("names schemas that are not registered, as urn:scim:schemas:…"),
  NO_SCHEMAS("leaves out 'schemas'"),
  EXTENSION_NOT_NAMED("sends an extension that 'schemas' does not name");

  private final String meaning;

  Oddity(String meaning) {
    this.meaning = meaning;
  }

  /// What the client does, as the rest of a sentence about it.
  public String meaning() {
    return meaning;
  }

  /// Its stable name, such as `op-in-capitals`.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The one of this name, if there is one.
  public static Optional<Oddity> named(String word) {
    return Arrays.stream(values()).filter(o -> o.word().equals(word)).findFirst();
  }
}
