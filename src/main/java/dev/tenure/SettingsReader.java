package dev.tenure;

import dev.tenure.Settings.FlowSettings;
import dev.tenure.Settings.SourceSettings;
import dev.tenure.Settings.TargetSettings;
import dev.tenure.access.AccessConfig;
import dev.tenure.access.OpenIdConfig;
import dev.tenure.config.Configuration;
import dev.tenure.config.Section;
import dev.tenure.database.DatabaseConfig;
import dev.tenure.deliver.budget.Terms;
import dev.tenure.flow.Fingerprint;
import dev.tenure.flow.FlowConfig;
import dev.tenure.http.ServerConfig;
import dev.tenure.id.FlowId;
import dev.tenure.id.OrganizationId;
import dev.tenure.licence.LicenceConfig;
import dev.tenure.metric.MetricsConfig;
import dev.tenure.notify.NotifyConfig;
import dev.tenure.organization.Limits;
import dev.tenure.organization.OrganizationConfig;
import dev.tenure.policy.FlowRules;
import dev.tenure.policy.Policy;
import dev.tenure.policy.expression.Tables;
import dev.tenure.problem.Code;
import dev.tenure.source.csv.CsvConfig;
import dev.tenure.source.csv.CsvTable;
import dev.tenure.source.ldap.LdapConfig;
import dev.tenure.source.ldap.LdapSource;
import dev.tenure.source.organization.OrganizationSourceConfig;
import dev.tenure.source.scim.ScimSourceConfig;
import dev.tenure.target.Bought;
import dev.tenure.target.genesys.GenesysTargetConfig;
import dev.tenure.target.scim.ScimTargetConfig;
import dev.tenure.trace.TracesConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Reads the sections of a configuration into [Settings]: each part reads its own, here they are
/// found and the names between them are followed.
final class SettingsReader {
  private final Configuration configuration;
  private final Section root;

  /// The rows of all tables that stand in files of their own.
  private final List<List<List<String>>> tables = new ArrayList<>();

  private final List<Path> files = new ArrayList<>();

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
    var at = server.orElseGet(() -> ServerConfig.at("127.0.0.1", 8080));
    var flows = flows(sources(organizations), targets(organizations));
    new RingCheck(root, at, organizations.keySet()).note(flows);
    return new Settings(
        at,
        root.section("server").map(MetricsConfig::read).orElse(MetricsConfig.USUAL),
        root.section("server").map(Limits::read).orElse(Limits.USUAL),
        DatabaseConfig.read(root),
        console(at),
        root.section("licences").map(LicenceConfig::read).orElse(LicenceConfig.USUAL),
        root.section("notify").map(this::notifying).orElse(NotifyConfig.NONE),
        root.section("traces").map(TracesConfig::read),
        List.copyOf(organizations.values()),
        flows,
        fingerprint(
            List.of("server", "database", "console", "licences", "traces", "organizations")),
        files);
  }

  /// A provider sends people back: to an address that they can reach.
  private AccessConfig console(ServerConfig server) {
    var section = root.section("console");
    var config = section.map(AccessConfig::read).orElse(AccessConfig.USUAL);
    boolean isKnown = server.outside().url().isPresent() || OpenIdConfig.isLoopback(server.host());
    if (config.openId().isPresent() && !isKnown) {
      section
          .orElseThrow()
          .problem(
              "openid",
              Code.CONFIG_REQUIRED,
              "console.openid: the provider must know where to send people back to, and server.url"
                  + " does not say",
              "set server.url to the address that people type, such as"
                  + " https://tenure.example.com");
    }
    return config;
  }

  private NotifyConfig notifying(Section section) {
    var flows = root.sections("flows").keySet();
    return NotifyConfig.read(section, configuration.resolver(), flows);
  }

  private Map<String, OrganizationConfig> organizations() {
    var organizations = new LinkedHashMap<String, OrganizationConfig>();
    root.sections("organizations")
        .forEach((name, section) ->
            id(() -> new OrganizationId(name))
                .ifPresent(id -> organizations.put(name, OrganizationConfig.read(id, section))));
    return organizations;
  }

  private Map<String, SourceSettings> sources(Map<String, OrganizationConfig> organizations) {
    var sources = new LinkedHashMap<String, SourceSettings>();
    root.sections("sources")
        .forEach(
            (name, section) -> source(section, organizations).ifPresent(s -> sources.put(name, s)));
    return sources;
  }

  private Optional<SourceSettings> source(
      Section section, Map<String, OrganizationConfig> organizations) {
    var resolver = configuration.resolver();
    Optional<SourceSettings> ldap =
        section
            .section("ldap")
            .map(s -> LdapConfig.read(s, resolver))
            .map(c -> new SourceSettings.Ready(new LdapSource(c, InstantSource.system())));
    return ldap.or(() ->
            section.section("csv").map(s -> new SourceSettings.Csv(CsvConfig.read(s, resolver))))
        .or(() ->
            section.section("scim").map(s -> new SourceSettings.Scim(ScimSourceConfig.read(s))))
        .or(() -> section.section("organization").flatMap(s -> hosted(s, organizations)));
  }

  private static Optional<SourceSettings> hosted(
      Section section, Map<String, OrganizationConfig> organizations) {
    var name = section.text("name");
    section.requireKnown("name", name, organizations.keySet());
    return Optional.ofNullable(organizations.get(name))
        .map(o -> OrganizationSourceConfig.read(section, o.id(), o.registry().whole().user()))
        .map(SourceSettings.Hosted::new);
  }

  private Map<String, TargetSettings> targets(Map<String, OrganizationConfig> organizations) {
    var targets = new LinkedHashMap<String, TargetSettings>();
    root.sections("targets")
        .forEach((name, section) ->
            target(name, section, organizations).ifPresent(t -> targets.put(name, t)));
    return targets;
  }

  private static Optional<TargetSettings> target(
      String name, Section section, Map<String, OrganizationConfig> organizations) {
    var terms = Terms.read(section);
    var bought = Bought.read(name, section);
    if (!section.has("organization")) {
      Optional<TargetSettings> scim =
          section
              .section("scim")
              .map(s -> new TargetSettings.Remote(ScimTargetConfig.read(s), terms, bought));
      return scim.or(() ->
          section
              .section("genesys")
              .map(s -> new TargetSettings.Genesys(GenesysTargetConfig.read(s), terms, bought)));
    }
    var organization = section.text("organization");
    section.requireKnown("organization", organization, organizations.keySet());
    refuseLicences(section, organization);
    return Optional.ofNullable(organizations.get(organization))
        .map(o ->
            new TargetSettings.Hosted(o.id(), o.profile(), o.registry().whole().user(), terms));
  }

  /// There may be one truth only of how many seats there are.
  private static void refuseLicences(Section target, String organization) {
    if (!target.has("licences")) return;
    target.problem(
        "licences",
        Code.CONFIG_VALUE,
        target.path() + ".licences: the licences of the organization itself count here",
        "write them under organizations." + organization + ".licences, and its roles");
  }

  private List<FlowSettings> flows(
      Map<String, SourceSettings> sources, Map<String, TargetSettings> targets) {
    var known = root.section("tables").map(t -> Tables.read(t, this::rows)).orElse(Tables.none());
    var flows = new ArrayList<FlowSettings>();
    for (var entry : root.sections("flows").entrySet()) {
      var section = entry.getValue();
      var source = named(section, "source", sources);
      var target = named(section, "target", targets);
      var id = id(() -> new FlowId(entry.getKey()));
      if (id.isPresent() && source.isPresent() && target.isPresent()) {
        flows.add(flow(id.get(), section, new Ends(source.get(), target.get(), known)));
      }
    }
    return flows;
  }

  private static <T> Optional<T> named(Section section, String key, Map<String, T> known) {
    var name = section.text(key);
    section.requireKnown(key, name, known.keySet());
    return Optional.ofNullable(known.get(name));
  }

  private record Ends(SourceSettings source, TargetSettings target, Tables tables) {}

  /// Differs where what stands under one of these keys does.
  private String fingerprint(List<String> keys) {
    var all = new TreeMap<String, String>();
    for (var key : keys) root.section(key).ifPresent(s -> all.put(key, s.content()));
    return sha256(all.toString());
  }

  private Fingerprint fingerprint(Section flow) {
    var ends =
        List.of(end("sources", flow.text("source")), end("targets", flow.text("target")))
            .toString();
    var rules =
        List.of(flow.content(), ends, fingerprint(List.of("tables")), tables.toString()).toString();
    return new Fingerprint(sha256(rules), sha256(ends));
  }

  /// An end of a flow, and the organization that it is, where that is hosted here.
  private String end(String key, String name) {
    var end = root.sections(key).get(name);
    if (end == null) return "";
    var organization =
        end.isSection("organization")
            ? end.section("organization").flatMap(o -> o.optionalText("name"))
            : end.optionalText("organization");
    return end.content()
        + organization
            .flatMap(o -> Optional.ofNullable(root.sections("organizations").get(o)))
            .map(Section::content)
            .orElse("");
  }

  private static String sha256(String text) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /// Accounts in a hosted organization are always marked with their source of truth. Of another
  /// target nobody knows whether it keeps the mark, so there the flow has to ask for it.
  private FlowSettings flow(FlowId id, Section section, Ends ends) {
    var user = ends.target().user();
    var policy = Policy.compile(section, ends.tables(), ends.source().schema(), user);
    var rules = FlowRules.read(section, user);
    var isHosted = ends.target() instanceof TargetSettings.Hosted;
    var origin = section.text("source");
    return new FlowSettings(
        id,
        ends.source(),
        ends.target(),
        isHosted ? policy.marking(origin) : policy,
        isHosted ? rules.marking(origin) : rules,
        FlowConfig.read(section),
        fingerprint(section));
  }

  private List<List<String>> rows(String file) {
    var path = configuration.resolver().apply(Path.of(file));
    files.add(path);
    var rows = CsvTable.read(path);
    tables.add(rows);
    return rows;
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
