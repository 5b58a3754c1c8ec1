package dev.tenure;

import dev.tenure.Settings.FlowSettings;
import dev.tenure.Settings.TargetSettings;
import dev.tenure.config.Configuration;
import dev.tenure.config.Section;
import dev.tenure.database.DatabaseConfig;
import dev.tenure.flow.FlowConfig;
import dev.tenure.http.ServerConfig;
import dev.tenure.id.FlowId;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.OrganizationConfig;
import dev.tenure.policy.FlowRules;
import dev.tenure.policy.Policy;
import dev.tenure.policy.Tables;
import dev.tenure.scim.schema.Schemas;
import dev.tenure.source.Source;
import dev.tenure.source.csv.CsvConfig;
import dev.tenure.source.csv.CsvSource;
import dev.tenure.source.csv.CsvTable;
import dev.tenure.source.ldap.LdapConfig;
import dev.tenure.source.ldap.LdapSource;
import dev.tenure.target.scim.ScimTargetConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the sections of a configuration into [Settings]: each part reads its own, here they are
/// found and the names between them are followed.
final class SettingsReader {
  private final Configuration configuration;
  private final Section root;

  private SettingsReader(Configuration configuration) {
    this.configuration = configuration;
    this.root = configuration.root();
  }

  /// Throws [dev.tenure.problem.Problem.Found] with everything that is wrong.
  static Settings read(Configuration configuration) {
    var settings = new SettingsReader(configuration).read();
    configuration.finish();
    return settings;
  }

  private Settings read() {
    var server = root.section("server").map(s -> ServerConfig.read(s, configuration.resolver()));
    var organizations = organizations();
    var targets = targets(organizations);
    return new Settings(
        server.orElseGet(() -> ServerConfig.at("127.0.0.1", 8080)),
        DatabaseConfig.read(root),
        List.copyOf(organizations.values()),
        flows(sources(), targets));
  }

  private Map<String, OrganizationConfig> organizations() {
    var organizations = new LinkedHashMap<String, OrganizationConfig>();
    root.sections("organizations")
        .forEach((name, section) ->
            id(() -> new OrganizationId(name))
                .ifPresent(id -> organizations.put(name, OrganizationConfig.read(id, section))));
    return organizations;
  }

  private Map<String, Source> sources() {
    var sources = new LinkedHashMap<String, Source>();
    root.sections("sources")
        .forEach((name, section) -> source(section).ifPresent(s -> sources.put(name, s)));
    return sources;
  }

  private Optional<Source> source(Section section) {
    var resolver = configuration.resolver();
    Optional<Source> ldap =
        section.section("ldap").map(s -> new LdapSource(LdapConfig.read(s, resolver)));
    return ldap.or(() -> section.section("csv").map(s -> csv(s)));
  }

  private Source csv(Section section) {
    return new CsvSource(CsvConfig.read(section, configuration.resolver()));
  }

  private Map<String, TargetSettings> targets(Map<String, OrganizationConfig> organizations) {
    var targets = new LinkedHashMap<String, TargetSettings>();
    root.sections("targets")
        .forEach(
            (name, section) -> target(section, organizations).ifPresent(t -> targets.put(name, t)));
    return targets;
  }

  private static Optional<TargetSettings> target(
      Section section, Map<String, OrganizationConfig> organizations) {
    if (!section.has("organization")) {
      return section.section("scim").map(s -> new TargetSettings.Remote(ScimTargetConfig.read(s)));
    }
    var name = section.text("organization");
    section.requireKnown("organization", name, organizations.keySet());
    return Optional.ofNullable(organizations.get(name))
        .map(o -> new TargetSettings.Hosted(o.id(), o.profile()));
  }

  private List<FlowSettings> flows(
      Map<String, Source> sources, Map<String, TargetSettings> targets) {
    var tables = root.section("tables").map(t -> Tables.read(t, this::rows)).orElse(Tables.none());
    var flows = new ArrayList<FlowSettings>();
    root.sections("flows")
        .forEach((name, section) -> {
          var sourceName = section.text("source");
          var targetName = section.text("target");
          section.requireKnown("source", sourceName, sources.keySet());
          section.requireKnown("target", targetName, targets.keySet());
          var id = id(() -> new FlowId(name));
          var source = sources.get(sourceName);
          var target = targets.get(targetName);
          if (id.isPresent() && source != null && target != null) {
            flows.add(flow(id.get(), section, new Ends(source, target, tables)));
          }
        });
    return flows;
  }

  private record Ends(Source source, TargetSettings target, Tables tables) {}

  private static FlowSettings flow(FlowId id, Section section, Ends ends) {
    var user = Schemas.standard().user();
    return new FlowSettings(
        id,
        ends.source(),
        ends.target(),
        Policy.compile(section, ends.tables(), ends.source().schema(), user),
        FlowRules.read(section, user),
        FlowConfig.read(section));
  }

  private List<List<String>> rows(String file) {
    return CsvTable.read(configuration.resolver().apply(Path.of(file)));
  }

  /// Names that are not names were noted when the file's shape was checked.
  private static <T> Optional<T> id(java.util.function.Supplier<T> name) {
    try {
      return Optional.of(name.get());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
