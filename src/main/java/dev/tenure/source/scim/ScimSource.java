package dev.tenure.source.scim;

import dev.tenure.problem.Problem;
import dev.tenure.remote.Patient;
import dev.tenure.remote.Wire;
import dev.tenure.source.Feed;
import dev.tenure.source.Intake;
import dev.tenure.source.Past;
import dev.tenure.source.Person;
import dev.tenure.source.Source;
import dev.tenure.source.SourceSchema;
import dev.tenure.source.Time;
import dev.tenure.source.scim.ScimProblems.Broken;
import dev.tenure.source.scim.ScimSourceConfig.Changes;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// People from any SCIM 2.0 server. Groups are read first: where they cannot be read to their end,
/// no person is given at all, for without their groups everybody would look out of scope.
public final class ScimSource implements Source, AutoCloseable {
  private final ScimSourceConfig config;
  private final Time time;
  private final Wire wire;
  private final ScimProblems problems;

  public ScimSource(ScimSourceConfig config, Time time) {
    this(config, time, new Wire(config.endpoint(time.clock())));
  }

  private ScimSource(ScimSourceConfig config, Time time, Wire wire) {
    this.config = config;
    this.time = time;
    this.wire = wire;
    this.problems = new ScimProblems(config.base());
  }

  @Override
  public SourceSchema schema() {
    return config.keying().attributes().schema();
  }

  @Override
  public Source after(Past past) {
    return new ScimSource(config.expecting(config.expected().after(past)), time, wire);
  }

  @Override
  public Optional<Feed> feed() {
    return config.changes() == Changes.NONE
        ? Optional.empty()
        : Optional.of(new ScimFeed(config, time, wire));
  }

  @Override
  public ReadOutcome read(Consumer<Person> people) {
    var intake = new Intake(people);
    var book = new Book(config.keying(), intake);
    try {
      var pages = pages(config, problems, new Patient(wire, time.clock(), time::rest));
      var groups = ScimGroups.read(pages, config.groups());
      pages.each("/Users", "", user -> book.take(user, groups));
      config.keying().finding(book.foreign).ifPresent(intake::note);
      return intake.end(config.base().toString(), config.expected());
    } catch (Broken e) {
      return intake.incomplete(e.problem());
    } catch (Problem.Found e) {
      return intake.incomplete(e.problems().getFirst());
    }
  }

  /// Enters users.
  private static final class Book {
    private final Keying keying;
    private final Intake intake;
    private long foreign;

    Book(Keying keying, Intake intake) {
      this.keying = keying;
      this.intake = intake;
    }

    void take(JsonNode user, ScimGroups groups) {
      if (keying.isForeign(user)) {
        foreign++;
        return;
      }
      var where = "user " + Members.text(user, "id");
      keying
          .person(user, groups.of(user))
          .ifPresentOrElse(
              person -> intake.person(person, where), () -> intake.withoutKey(where, keying.key()));
    }
  }

  /// By cursor where the server offers it: those pages are of one moment, or at least of one order.
  /// A server that does not say what it can is asked by index.
  static ScimPages pages(ScimSourceConfig config, ScimProblems problems, Patient server) {
    var byIndex = new ScimPages(server, problems, config.pageSize(), false);
    var byCursor = new ScimPages(server, problems, config.pageSize(), true);
    return switch (config.paging()) {
      case INDEX -> byIndex;
      case CURSOR -> byCursor;
      case AUTO -> offersCursors(byIndex) ? byCursor : byIndex;
    };
  }

  private static boolean offersCursors(ScimPages pages) {
    try {
      var pagination = Members.get(pages.get("/ServiceProviderConfig"), "pagination");
      return Members.get(pagination, "cursor").asBoolean(false);
    } catch (Broken e) {
      // Not everybody has this document, and what is broken shows itself at once.
      return false;
    }
  }

  @Override
  public void close() {
    wire.close();
  }
}
