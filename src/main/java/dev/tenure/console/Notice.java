package dev.tenure.console;

import java.util.Optional;

/// What was just done, told once on the page that follows. It travels in the address as its name
/// and a number, so that no address can put words into our mouth.
public enum Notice {
  APPROVED("%d changes are released. Apply the plan to send them."),
  HELD("%d changes are held: none of them is sent until somebody approves it."),
  HELD_BUT_LEAVERS("Held until somebody approves it, but not its leavers: %d of them go on."),
  STARTED("It has begun. This page shows how far it is."),
  BUSY("It is being worked on already; wait until that has ended."),
  EXCLUDED("Excluded. A server that runs the flow sees to it now; else plan the flow and apply."),
  LIFTED("Lifted. A server that runs the flow sees to it now; else plan the flow and apply."),
  PAUSED("The flow is paused: nothing more of it is sent until it is resumed."),
  RESUMED("The flow goes on."),
  PASSWORD("Your password is changed, and your other sessions have ended."),
  SIGNED_OUT("You are signed out.");

  private final String words;

  Notice(String words) {
    this.words = words;
  }

  /// As a parameter of an address.
  public String in(long number) {
    return "said=" + name().toLowerCase(java.util.Locale.ROOT) + "." + number;
  }

  /// What an address says.
  static Optional<Said> of(Optional<String> parameter) {
    return parameter.flatMap(text -> {
      var parts = text.split("\\.", 2);
      for (var notice : values()) {
        if (notice.name().equalsIgnoreCase(parts[0])) {
          boolean number = parts.length == 2 && parts[1].matches("[0-9]{1,12}");
          return Optional.of(new Said(notice, number ? Long.parseLong(parts[1]) : 0));
        }
      }
      return Optional.empty();
    });
  }

  /// A notice with its number.
  record Said(Notice notice, long number) {
    String words() {
      return notice.words.formatted(number);
    }
  }
}
