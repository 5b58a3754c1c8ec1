package dev.tenure.source.ldap;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.source.Intake;
import dev.tenure.source.Person;
import dev.tenure.source.Source;
import dev.tenure.source.SourceSchema;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/// People from a directory. Each read has its own connection. Groups are read first: where they
/// cannot be read to their end, or none are found, no person is given at all, for without their
/// groups everybody would look out of scope.
public final class LdapSource implements Source {
  private final LdapConfig config;
  private final LdapSchema schema;
  private final Optional<LdapFilter> disabled;

  public LdapSource(LdapConfig config) {
    this.config = config;
    this.schema = LdapSchema.of(config.attributes());
    this.disabled = config.disabled().map(LdapFilter::new);
  }

  @Override
  public SourceSchema schema() {
    return schema.schema();
  }

  @Override
  public ReadOutcome read(Consumer<Person> people) {
    var intake = new Intake(people);
    try (var connection = new LdapConnector(config).connect()) {
      var groups = groups(connection);
      return people(connection, groups, intake);
    } catch (Problem.Found e) {
      return intake.incomplete(e.problems().getFirst());
    }
  }

  private GroupTree groups(LDAPConnection connection) {
    var tree = new GroupTree();
    if (config.groups().isEmpty()) return tree;
    var groups = config.groups().get();
    try {
      new GroupReader(connection, groups).into(tree, config.pageSize());
    } catch (LDAPException e) {
      throw new Problem.Found(LdapProblems.broken("groups", tree.count(), groups.search(), e), e);
    }
    if (tree.count() == 0) throw noGroups(groups.search()).found();
    return tree;
  }

  private ReadOutcome people(LDAPConnection connection, GroupTree groups, Intake intake) {
    try {
      new LdapPages(connection, config.pageSize())
          .each(config.people(), asked(), entry -> take(entry, groups, intake));
      return intake.end(config.people().base() + " " + config.people().filter(), 1);
    } catch (LDAPException e) {
      return intake.incomplete(LdapProblems.broken("people", intake.count(), config.people(), e));
    }
  }

  private Collection<String> asked() {
    var asked = new TreeSet<String>(String.CASE_INSENSITIVE_ORDER);
    asked.addAll(schema.names().values());
    asked.add(config.key());
    disabled.ifPresent(filter -> asked.addAll(filter.attributes()));
    return asked;
  }

  private void take(Entry entry, GroupTree groups, Intake intake) {
    LdapKey.of(entry, config.key())
        .ifPresentOrElse(
            key ->
                intake.person(
                    new Person(
                        key,
                        attributes(entry),
                        groups.of(entry.getDN()),
                        disabled.filter(d -> d.matches(entry)).isPresent()),
                    entry.getDN()),
            () -> intake.withoutKey(entry.getDN(), config.key()));
  }

  private SortedMap<String, List<String>> attributes(Entry entry) {
    var attributes = new TreeMap<String, List<String>>();
    schema
        .names()
        .forEach((name, original) -> {
          var values = entry.getAttributeValues(original);
          if (values != null && values.length > 0) attributes.put(name, Arrays.asList(values));
        });
    return attributes;
  }

  private static Problem noGroups(LdapConfig.Search search) {
    return new Problem(
        Code.SOURCE_EMPTY,
        "no groups were found, so nobody can be told to be in or out",
        Map.of("base", search.base(), "filter", search.filter()),
        "check base and filter of 'groups', and that this login may read them");
  }
}
