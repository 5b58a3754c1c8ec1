package dev.tenure;

import dev.tenure.Settings.FlowSettings;
import dev.tenure.Settings.SourceSettings;
import dev.tenure.Settings.TargetSettings;
import dev.tenure.config.Section;
import dev.tenure.flow.ring.Rings;
import dev.tenure.flow.ring.ScopeBars;
import dev.tenure.flow.ring.Store;
import dev.tenure.flow.ring.Way;
import dev.tenure.flow.ring.Way.Bar;
import dev.tenure.http.ServerConfig;
import dev.tenure.id.OrganizationId;
import dev.tenure.problem.Code;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Says which flows lead people back to where they came from, and which keys of the configuration
/// let them.
final class RingCheck {
  private static final Pattern ENDPOINT = Pattern.compile("/([^/]+)/scim/v2/*");
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  private final Section root;
  private final ServerConfig server;
  private final Set<String> hosted;

  /// `hosted`: the names of the organizations of the configuration.
  RingCheck(Section root, ServerConfig server, Set<String> hosted) {
    this.root = root;
    this.server = server;
    this.hosted = hosted;
  }

  /// Notes a problem for each ring.
  void note(List<FlowSettings> flows) {
    Rings.of(flows.stream().map(this::way).toList()).forEach(this::tell);
  }

  private Way way(FlowSettings flow) {
    var bars = new ArrayList<Bar>();
    expected(flow.source()).map(Bar.AllBut::new).ifPresent(bars::add);
    section("flows", flow.id().value())
        .section("scope")
        .flatMap(s -> s.optionalText("when"))
        .ifPresent(when -> bars.addAll(ScopeBars.of(when)));
    return new Way(
        flow.id(), from(flow.source()), to(flow.target()), bars, flow.rules().sourceOrg());
  }

  private Section section(String part, String name) {
    return root.section(part).flatMap(p -> p.section(name)).orElseThrow();
  }

  private static Optional<String> expected(SourceSettings source) {
    return switch (source) {
      case SourceSettings.Scim(var config) -> config.keying().sourceOrg();
      case SourceSettings.Hosted(var config) -> config.keying().sourceOrg();
      case SourceSettings.Csv _, SourceSettings.Ready _ -> Optional.empty();
    };
  }

  private Optional<Store> from(SourceSettings source) {
    return switch (source) {
      case SourceSettings.Scim(var config) -> Optional.of(at(config.base()));
      case SourceSettings.Hosted(var config) ->
          Optional.of(new Store.Hosted(config.organization()));
      case SourceSettings.Csv _, SourceSettings.Ready _ -> Optional.empty();
    };
  }

  private Store to(TargetSettings target) {
    return switch (target) {
      case TargetSettings.Remote(var config, _, _) -> at(config.base());
      case TargetSettings.Genesys(var config, _, _) -> at(config.base());
      case TargetSettings.Hosted(var organization, _, _, _) -> new Store.Hosted(organization);
    };
  }

  /// An organization of ours may be reached by its address too.
  private Store at(URI address) {
    var path = ENDPOINT.matcher(address.getPath());
    if (isOurs(address) && path.matches() && hosted.contains(path.group(1))) {
      return new Store.Hosted(new OrganizationId(path.group(1)));
    }
    return Store.at(address);
  }

  private boolean isOurs(URI address) {
    var place = Store.place(address);
    var isNear = LOOPBACK.contains(address.getHost()) || server.host().equals(address.getHost());
    return server
            .outside()
            .url()
            .filter(url -> url.getHost() != null)
            .map(Store::place)
            .equals(Optional.of(place))
        || (isNear && place.endsWith(":" + server.port()));
  }

  private void tell(List<Way> ring) {
    var reader = ring.getLast();
    var writer = ring.size() == 1 ? reader : ring.get(ring.size() - 2);
    var source = source(reader);
    var names = ring.stream().map(w -> w.flow().value()).collect(Collectors.joining(" → "));
    var places = ring.stream().map(this::places).collect(Collectors.joining(", "));
    source.problem(
        "sourceOrg",
        Code.FLOW_RING,
        "people of %s come back to it through %s (%s)"
            .formatted(reader.to(), flows(ring, names), places),
        remedy(writer, reader));
  }

  private static String flows(List<Way> ring, String names) {
    return (ring.size() == 1 ? "the flow " : "the flows ") + names;
  }

  /// `out reads by tenure.yaml:3:5 and writes by tenure.yaml:4:5`.
  private String places(Way way) {
    var flow = section("flows", way.flow().value());
    return "%s reads by %s and writes by %s"
        .formatted(way.flow(), flow.at("source"), flow.at("target"));
  }

  private Section source(Way way) {
    var name = section("flows", way.flow().value()).text("source");
    var source = section("sources", name);
    return source.section("organization").or(() -> source.section("scim")).orElse(source);
  }

  private String remedy(Way writer, Way reader) {
    var name = section("flows", reader.flow().value()).text("source");
    var mark = writer.mark();
    if (mark.isEmpty()) {
      return "let the flow '%s' mark its accounts (sourceOrg), and let the source '%s' expect"
              .formatted(writer.flow(), name)
          + " another mark (sourceOrg)";
    }
    return "give the source '%s' a sourceOrg other than '%s', which the accounts of the flow '%s'"
            .formatted(name, mark.get(), writer.flow())
        + " carry; or take one of these flows away";
  }
}
