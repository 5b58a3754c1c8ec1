package dev.tenure.console;

import java.net.URI;

/// A page that says what was done and goes on by itself. `link` is what its link says, for browsers
/// that do not.
public record Onward(String title, String link, String to) {
  /// Somebody came from another site, and a redirect would still count as coming from there: the
  /// browser would not show the session's cookie, which is `SameSite=Strict`.
  static Onward signedIn(String next) {
    return new Onward("You are signed in", "Go on to the console", next);
  }

  /// A form of ours may lead to our own pages only (`form-action` in [Pages]), redirects included.
  static Onward signedOut(String label, URI to) {
    return new Onward(
        "You are signed out here", "Go on to sign out at " + label + ", too", to.toString());
  }
}
