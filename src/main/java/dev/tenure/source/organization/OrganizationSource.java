package dev.tenure.source.organization;

import dev.tenure.organization.Roster;
import dev.tenure.organization.Roster.Moment;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.source.Feed;
import dev.tenure.source.Intake;
import dev.tenure.source.Past;
import dev.tenure.source.Person;
import dev.tenure.source.Source;
import dev.tenure.source.SourceSchema;
import dev.tenure.source.Time;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// People from an organization that is hosted here.
public final class OrganizationSource implements Source {
  private static final int PAGE = 1_000;
  private final OrganizationSourceConfig config;
  private final Roster roster;
  private final Time time;
  private final int page;

  public OrganizationSource(OrganizationSourceConfig config, Roster roster, Time time) {
    this(config, roster, time, PAGE);
  }

  /// `page`: so many users are read at once.
  OrganizationSource(OrganizationSourceConfig config, Roster roster, Time time, int page) {
    this.config = config;
    this.roster = roster;
    this.time = time;
    this.page = page;
  }

  @Override
  public SourceSchema schema() {
    return config.schema();
  }

  @Override
  public Source after(Past past) {
    return new OrganizationSource(
        config.expecting(config.expected().after(past)), roster, time, page);
  }

  @Override
  public Optional<Feed> feed() {
    return Optional.of(new OrganizationFeed(config, roster, time));
  }

  @Override
  public ReadOutcome read(Consumer<Person> people) {
    var intake = new Intake(people);
    var place = "organization " + config.organization();
    try (var moment = roster.moment(config.organization(), page)) {
      var foreign = everybody(moment, intake);
      config.keying().finding(foreign).ifPresent(intake::note);
      return intake.end(place, config.expected());
    } catch (Problem.Found e) {
      if (!e.has(Code.DATABASE_UNREACHABLE)) throw e;
      return intake.incomplete(
          new Problem(
              Code.SOURCE_INCOMPLETE,
              "the read ended early (" + intake.count() + " people read)",
              Map.of("source", place),
              "see that the database runs; nobody was made a leaver by this"));
    }
  }

  /// How many were foreign.
  private long everybody(Moment moment, Intake intake) {
    var groups = new UserGroups(moment.groups());
    long foreign = 0;
    for (var users = moment.next(); !users.isEmpty(); users = moment.next()) {
      for (var user : users) {
        var document = UserGroups.document(user);
        if (config.keying().isForeign(document)) foreign++;
        else take(user.id().toString(), config.keying().person(document, groups.of(user)), intake);
      }
    }
    return foreign;
  }

  private void take(String id, Optional<Person> person, Intake intake) {
    var where = "user " + id;
    person.ifPresentOrElse(
        p -> intake.person(p, where), () -> intake.withoutKey(where, config.keying().key()));
  }
}
