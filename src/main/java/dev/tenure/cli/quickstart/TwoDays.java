package dev.tenure.cli.quickstart;

import dev.tenure.audit.AuditEntry;
import dev.tenure.audit.AuditLog;
import dev.tenure.cli.Workplace;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.Sessions;
import dev.tenure.source.ldap.LoopbackDirectory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/// Two days at the sample company: on the first everybody gets an account, on the second three
/// people leave, two move and one joins.
final class TwoDays {
  private static final OrganizationId ORGANIZATION = new OrganizationId("contact-centre");
  private static final Duration SHIFT = Duration.ofHours(8);
  private final Workplace workplace;
  private final Story story;
  private final Round round;

  TwoDays(Workplace workplace, Story story) {
    this.workplace = workplace;
    this.story = story;
    this.round = new Round(workplace, story);
  }

  Outcome live(Company company, LoopbackDirectory directory) throws InterruptedException {
    story.chapter("Day 1: the plan, and its way into the organization");
    var first = round.planAndApply();
    story.seats(workplace);
    var day = SecondDay.of(company);
    story.chapter("Day 2: in the directory");
    day.story().forEach(story::say);
    var sessions = day.leavers().stream().flatMap(e -> signIn(e).stream()).toList();
    directory.change(day.ldif());
    story.chapter("Day 2: the plan, and what it did");
    var before = workplace.organizations().licences().occupancy(ORGANIZATION);
    var second = round.planAndApply();
    day.leavers().forEach(this::tellLeaver);
    story.say(alive(sessions));
    story.freed(before, workplace);
    return first.plus(second).with(round.isSettled());
  }

  /// A leaver-to-be is at work: has a session in an application.
  private Optional<Sessions.Begun> signIn(Employee e) {
    return entry("user.created", e)
        .map(AuditEntry::subject)
        .map(UUID::fromString)
        .flatMap(id ->
            workplace.organizations().sessions().register(ORGANIZATION, id, "desktop", SHIFT));
  }

  private void tellLeaver(Employee e) {
    entry("user.deactivated", e)
        .ifPresent(done ->
            story.say(
                "%s (%s): deactivated, %s session ended, seat free: %s"
                    .formatted(
                        e.fullName(),
                        e.employeeNumber(),
                        done.detail().path("sessionsEnded").asString("0"),
                        seats(done))));
  }

  private static String seats(AuditEntry entry) {
    return entry
        .detail()
        .path("seatsFreed")
        .valueStream()
        .map(sku -> sku.asString())
        .collect(Collectors.joining(", "));
  }

  private String alive(List<Sessions.Begun> sessions) {
    long alive =
        sessions.stream()
            .filter(s ->
                workplace
                    .organizations()
                    .sessions()
                    .introspect(ORGANIZATION, s.token())
                    .isPresent())
            .count();
    return "of the %d sessions that the leavers had open, %d live"
        .formatted(sessions.size(), alive);
  }

  /// The newest entry of this action about this person.
  private Optional<AuditEntry> entry(String action, Employee e) {
    var search =
        new AuditLog.Search(
            "organization/" + ORGANIZATION,
            Optional.of(e.mail()),
            Optional.empty(),
            Optional.of(action),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            1);
    return workplace.audit().search(search).stream().findFirst();
  }
}
