package dev.tenure.console.page;

import dev.tenure.console.Words;
import java.util.Locale;
import java.util.Optional;

/// What an operator can do about one person that is shown before it is done.
public enum Act {
  EVICT(
      "Evict",
      "Locks them out of the targets of all flows at once, whatever the source says, until that is"
          + " lifted.",
      "Evict: lock them out now"),
  EXCLUDE(
      "Exclude",
      "Takes them out of this flow's scope, as scope.exclude does: whoever has an account is a"
          + " leaver of the event outOfScope.",
      "Exclude"),
  LIFT(
      "Lift the exclusion of",
      "The rules alone count again: who is in scope by them gets everything back.",
      "Lift the exclusion");

  private final String title;
  private final String meaning;
  private final String button;

  Act(String title, String meaning, String button) {
    this.title = title;
    this.meaning = meaning;
    this.button = button;
  }

  /// What the page is called, before the name of the person.
  public String title() {
    return title;
  }

  /// What it means for the person.
  public String meaning() {
    return meaning;
  }

  /// What the button says that does it.
  public String button() {
    return button;
  }

  /// As it stands in an address.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The command that does the same.
  String cli(String flow, String person, Wish wish) {
    var reason = wish.reason().isEmpty() ? "" : " --reason " + Words.shell(wish.reason());
    var until = wish.until().map(u -> " --until " + Words.shell(u)).orElse("");
    return switch (this) {
      case EVICT -> "tenure evict " + Words.shell(person) + reason;
      case EXCLUDE ->
          "tenure exclude %s %s%s%s"
              .formatted(
                  flow, Words.shell(person), reason.isEmpty() ? " --reason TEXT" : reason, until);
      case LIFT -> "tenure exclude %s %s --lift".formatted(flow, Words.shell(person));
    };
  }

  /// Why, and until when: a day or a time.
  public record Wish(String reason, Optional<String> until) {
    static final Wish NONE = new Wish("", Optional.empty());
  }
}
