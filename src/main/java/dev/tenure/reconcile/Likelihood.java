package dev.tenure.reconcile;

import dev.tenure.reconcile.Conflict.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// How sure it is that two cards are the same human, 0 to 1, and why.
///
/// The share of what agrees among all that both have, by weight: email 40, employee number 30,
/// userName and family name 20 each, given name 10. Less than an address *and* a full name is at
/// most [#POOR]; an address that many share says little.
record Likelihood(double value, List<String> because, List<Evidence> evidence) {
  /// The most that is said of two who have but one thing in common to compare.
  static final double POOR = 0.7;

  private static final double SHARED = 0.3;
  private static final Set<String> MAILBOXES =
      Set.of(
          "admin",
          "administrator",
          "billing",
          "contact",
          "hello",
          "help",
          "hr",
          "info",
          "it",
          "mail",
          "noreply",
          "no-reply",
          "office",
          "postmaster",
          "reception",
          "root",
          "sales",
          "service",
          "support",
          "team",
          "test",
          "webmaster");

  Likelihood {
    because = List.copyOf(because);
    evidence = List.copyOf(evidence);
  }

  static Likelihood of(Card wanted, Card found) {
    var tally = new Tally();
    tally.mails(wanted, found);
    tally.compare("userName", 20, wanted.userName(), found.userName());
    tally.compare("name.familyName", 20, wanted.familyName(), found.familyName());
    tally.compare("name.givenName", 10, wanted.givenName(), found.givenName());
    tally.compare("employeeNumber", 30, wanted.employeeNumber(), found.employeeNumber());
    tally.show("externalId", wanted.externalId(), found.externalId());
    tally.show("department", wanted.department(), found.department());
    var value = tally.value();
    if (isMailbox(found) && value > SHARED) {
      value = SHARED;
      tally.because.add("the address looks like one that several people share");
    }
    return new Likelihood(value, tally.because, tally.evidence);
  }

  /// Whether it is the mailbox of a function rather than of somebody.
  static boolean isMailbox(Card card) {
    return MAILBOXES.contains(local(card.userName()))
        || card.emails().stream().anyMatch(e -> MAILBOXES.contains(local(e)))
        || local(card.userName()).startsWith("svc");
  }

  private static String local(String address) {
    var at = address.indexOf('@');
    return (at < 0 ? address : address.substring(0, at)).toLowerCase(Locale.ROOT);
  }

  /// At most this, for this reason.
  Likelihood atMost(double limit, String reason) {
    if (value <= limit) return this;
    var reasons = new ArrayList<>(because);
    reasons.add(reason);
    return new Likelihood(limit, reasons, evidence);
  }

  private static final class Tally {
    private final List<String> because = new ArrayList<>();
    private final List<Evidence> evidence = new ArrayList<>();
    private int same;
    private int compared;
    private boolean address;
    private int names;

    void mails(Card wanted, Card found) {
      show("emails", String.join(" ", wanted.emails()), String.join(" ", found.emails()));
      if (wanted.emails().isEmpty() || found.emails().isEmpty()) return;
      var agrees = wanted.mailKeys().stream().anyMatch(found.mailKeys()::contains);
      note("emails", 40, agrees);
      address |= agrees;
    }

    void compare(String attribute, int weight, String wanted, String found) {
      show(attribute, wanted, found);
      if (wanted.isEmpty() || found.isEmpty()) return;
      boolean isName = attribute.startsWith("name.");
      boolean agrees =
          isName ? Card.folded(wanted).equals(Card.folded(found)) : wanted.equalsIgnoreCase(found);
      note(attribute, weight, agrees);
      if (isName && agrees) names++;
      if (!isName && agrees) address = true;
    }

    private void note(String attribute, int weight, boolean agrees) {
      compared += weight;
      if (agrees) same += weight;
      because.add(attribute + (agrees ? " agrees" : " differs"));
    }

    void show(String attribute, String wanted, String found) {
      if (!wanted.isEmpty() || !found.isEmpty()) {
        evidence.add(new Evidence(attribute, wanted, found));
      }
    }

    double value() {
      if (compared == 0) return 0;
      var share = Math.round(same * 100.0 / compared) / 100.0;
      if (address && names == 2) return share;
      if (share > POOR) because.add("there is too little to compare for more than " + POOR);
      return Math.min(share, POOR);
    }
  }
}
