package dev.tenure.notify;

import dev.tenure.config.Section;
import dev.tenure.problem.Code;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Section `notify`: who is told of what, and from when on.
public record NotifyConfig(Thresholds thresholds, List<Receiver> receivers) {
  /// What holds where nothing is configured: nobody is told.
  public static final NotifyConfig NONE = new NotifyConfig(Thresholds.USUAL, List.of());

  public NotifyConfig {
    receivers = List.copyOf(receivers);
  }

  /// The receiver of this name.
  Optional<Receiver> find(String name) {
    return receivers.stream().filter(r -> r.name().equals(name)).findFirst();
  }

  /// `resolver` finds files beside the configuration; `flows` are the names of all flows.
  public static NotifyConfig read(
      Section section, UnaryOperator<Path> resolver, Set<String> flows) {
    var usual = Thresholds.USUAL;
    var thresholds =
        new Thresholds(
            section.duration("leaverLate", usual.leaverLate()),
            section.share("licenceLow", usual.licenceLow()),
            section.duration("credentialExpiring", usual.credentialExpiring()));
    var receivers = new ArrayList<Receiver>();
    section
        .sections("receivers")
        .forEach((name, one) ->
            way(one, resolver)
                .map(way -> new Receiver(name, way, kinds(one), flows(one, flows)))
                .ifPresent(receivers::add));
    return new NotifyConfig(thresholds, receivers);
  }

  private static Optional<Receiver.Way> way(Section section, UnaryOperator<Path> resolver) {
    Optional<Receiver.Way> webhook = section.section("webhook").map(WaySections::webhook);
    return webhook.or(() -> section.section("email").map(s -> WaySections.mail(s, resolver)));
  }

  private static Set<Kind> kinds(Section section) {
    var names = Arrays.stream(Kind.values()).map(Kind::wire).toList();
    var kinds = EnumSet.noneOf(Kind.class);
    for (var text : section.texts("kinds")) {
      section.requireKnown("kinds", text, names);
      Kind.of(text).ifPresent(kinds::add);
    }
    return section.has("kinds") ? kinds : EnumSet.allOf(Kind.class);
  }

  private static Set<String> flows(Section section, Set<String> known) {
    var wanted = section.texts("flows");
    for (var flow : wanted) section.requireKnown("flows", flow, known);
    if (section.has("flows") && wanted.isEmpty()) {
      section.problem("flows", Code.CONFIG_VALUE, "flows names none", "leave it out for all");
    }
    return Set.copyOf(wanted);
  }
}
