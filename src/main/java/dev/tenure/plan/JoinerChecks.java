package dev.tenure.plan;

import dev.tenure.plan.Sieve.Found;
import dev.tenure.policy.Suspicion;
import dev.tenure.target.Request;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Who comes: people who had an account already, people of another source, far too many, and locked
/// accounts that are opened again.
final class JoinerChecks {
  /// A flow with fewer accounts is at its beginning: everybody joins.
  private static final int BEGINNING = 50;

  private final Sieve sieve;
  private final Crowd crowd;

  JoinerChecks(Sieve sieve, Crowd crowd) {
    this.sieve = sieve;
    this.crowd = crowd;
  }

  void run() {
    lost();
    underNewKeys();
    ofAnotherSource();
    reactivated();
    if (!sieve.mayBe(Suspicion.JOINERS, creations().size()) || crowd.linked() < BEGINNING) return;
    sieve.check(
        Suspicion.JOINERS,
        "many joiners",
        new Found(creations(), crowd::linked),
        "linked accounts is the number of new ones");
  }

  private static boolean isCreation(Change change) {
    return change.request() instanceof Request.Create;
  }

  private List<Change> creations() {
    return sieve.open(JoinerChecks::isCreation);
  }

  /// The target forgot accounts, or does not show all of them.
  private void lost() {
    var lost = sieve.open(c -> isCreation(c) && crowd.hasLostTheirs(c.person()));
    sieve.check(
        Suspicion.RECREATED,
        "accounts vanished from the target",
        new Found(lost, () -> crowd.linked() + lost.size()),
        "linked accounts are not in the target any more and would be made again");
  }

  /// The source gives the same people other keys.
  private void underNewKeys() {
    var joiners = creations();
    if (!sieve.mayBe(Suspicion.RECREATED, joiners.size())) return;
    var marks = new HashSet<String>();
    leaving().flatMap(JoinerChecks::marks).forEach(marks::add);
    if (marks.isEmpty()) return;
    var again = joiners.stream().filter(c -> isKnown(c, marks)).toList();
    sieve.check(
        Suspicion.RECREATED,
        "same people under new keys",
        new Found(again, crowd::linked),
        "linked people leave and come again under another key");
  }

  private Stream<ObjectNode> leaving() {
    return Stream.concat(
            sieve.open(c -> c.lane() == Lane.LEAVER).stream(),
            sieve.heldOf(c -> c.lane() == Lane.LEAVER).stream())
        .flatMap(c -> crowd.member(c.person()).stream())
        .map(m -> m.account().resource().view());
  }

  private static boolean isKnown(Change change, Set<String> marks) {
    return change.request() instanceof Request.Create(var account)
        && marks(account.view()).anyMatch(marks::contains);
  }

  /// What tells a human apart: their emails and their full name.
  private static Stream<String> marks(JsonNode account) {
    var mails =
        Values.elements(Values.member(account, "emails")).stream()
            .map(e -> Values.member(e, "value").asString(""));
    var name = Values.member(account, "name");
    var full = text(name, "givenName") + " " + text(name, "familyName");
    return Stream.concat(mails, Stream.of(full, text(account, "displayName")))
        .map(m -> m.strip().toLowerCase(Locale.ROOT))
        .filter(m -> !m.isEmpty());
  }

  private static String text(JsonNode object, String name) {
    return Values.member(object, name).asString("");
  }

  /// Most people are gone, and strangers are there: it is another directory.
  private void ofAnotherSource() {
    var held = sieve.heldOf(c -> c.lane() == Lane.LEAVER).size();
    var joiners = creations();
    if (!sieve.mayBe(Suspicion.RECREATED, joiners.size())) return;
    if (!sieve.isTooMany(Suspicion.RECREATED, joiners.size(), crowd.active())) return;
    if (!sieve.isTooMany(Suspicion.REACTIVATIONS, held, crowd.active())) return;
    sieve.hold(
        Suspicion.RECREATED,
        "joiners of another source",
        new Found(joiners, crowd::active),
        "new people come while most of the known ones are gone");
  }

  private void reactivated() {
    var opened = sieve.open(c -> c.lane() == Lane.JOINER && c.request() instanceof Request.Patch);
    sieve.check(
        Suspicion.REACTIVATIONS,
        "many reactivations",
        new Found(opened, () -> crowd.linked() - crowd.active()),
        "locked accounts would be opened again");
  }
}
