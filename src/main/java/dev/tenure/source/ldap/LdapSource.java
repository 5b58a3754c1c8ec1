package dev.tenure.source.ldap;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.source.Feed;
import dev.tenure.source.Intake;
import dev.tenure.source.Person;
import dev.tenure.source.Source;
import dev.tenure.source.SourceSchema;
import dev.tenure.source.ldap.LdapConfig.Changes;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// People from a directory. Each read has its own connection. Groups are read first: where they
/// cannot be read to their end, or none are found, no person is given at all, for without their
/// groups everybody would look out of scope.
public final class LdapSource implements Source {
  private final LdapConfig config;
  private final LdapSchema schema;
  private final InstantSource clock;
  private final GroupMemory memory = new GroupMemory();
  private volatile boolean speaks;

  public LdapSource(LdapConfig config, InstantSource clock) {
    this.config = config;
    this.schema = LdapSchema.of(config.attributes());
    this.clock = clock;
  }

  @Override
  public SourceSchema schema() {
    return schema.schema();
  }

  /// Empty where the directory answers and has no way to tell its changes.
  @Override
  public Optional<Feed> feed() {
    if (config.changes() == Changes.NONE) return Optional.empty();
    var feed = new LdapFeed(config, () -> LdapSession.open(config, schema, clock), memory, clock);
    if (!speaks) speaks = feed.speaks();
    return speaks ? Optional.of(feed) : Optional.empty();
  }

  @Override
  public ReadOutcome read(Consumer<Person> people) {
    var intake = new Intake(people);
    try (var session = LdapSession.open(config, schema, clock)) {
      var groups = groups(session);
      return people(session, groups, intake);
    } catch (Problem.Found e) {
      return intake.incomplete(e.problems().getFirst());
    }
  }

  private GroupTree groups(LdapSession session) {
    var terms = session.terms();
    if (terms.groups().isEmpty()) return new GroupTree(terms, _ -> List.of());
    var search = terms.groups().get().search();
    var reader = new GroupReader(session.connection(), terms, memory);
    try {
      var tree = reader.read(config.pageSize());
      if (reader.count() == 0) throw noGroups(search).found();
      return tree;
    } catch (LDAPException e) {
      throw new Problem.Found(LdapProblems.broken("groups", reader.count(), search, e), e);
    }
  }

  private ReadOutcome people(LdapSession session, GroupTree groups, Intake intake) {
    var search = session.terms().people();
    try {
      new LdapPages(session.connection(), config.pageSize())
          .each(search, session.reader().asked(), entry -> take(session, entry, groups, intake));
      return intake.end(search.base() + " " + search.filter(), 1);
    } catch (LDAPException e) {
      return intake.incomplete(LdapProblems.broken("people", intake.count(), search, e));
    }
  }

  private static void take(LdapSession session, Entry entry, GroupTree groups, Intake intake)
      throws LDAPException {
    var reader = session.reader();
    var key = reader.key(entry);
    if (key.isEmpty()) intake.withoutKey(entry.getDN(), session.terms().key());
    else intake.person(reader.person(key.get(), entry, groups), entry.getDN());
  }

  private static Problem noGroups(LdapConfig.Search search) {
    return new Problem(
        Code.SOURCE_EMPTY,
        "no groups were found, so nobody can be told to be in or out",
        Map.of("base", search.base(), "filter", search.filter()),
        "check base and filter of 'groups', and that this login may read them");
  }
}
