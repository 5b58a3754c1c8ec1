package dev.tenure.admin;

import dev.tenure.http.HttpFailure;
import dev.tenure.http.Request;
import dev.tenure.http.Response;
import dev.tenure.job.Jobs.Key;
import dev.tenure.licence.Evidence;
import dev.tenure.licence.Home;
import dev.tenure.licence.Home.Hosted;
import dev.tenure.licence.Ledger;
import dev.tenure.licence.Reclaim;
import dev.tenure.view.LicenceJson;
import dev.tenure.view.ReclaimableJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// What is asked about the licences of organizations and of targets elsewhere.
record LicenceDesk(Engine engine) {
  static final List<Operation> OPERATIONS =
      List.of(
          Operation.look("/licences", (d, r) -> LicenceJson.of(d.licences().ledgers(r))),
          Operation.look("/licences/reclaimable", (d, r) -> d.licences().reclaimable(r)),
          JobDesk.begin(
              "/organizations/{organization}/reclaim",
              (d, r) -> d.licences().reclaim(r, d.licences().hosted(r))),
          JobDesk.begin(
              "/targets/{target}/reclaim",
              (d, r) -> d.licences().reclaim(r, d.licences().elsewhere(r))));

  private static final String ORGANIZATION = "organization";
  private static final String TARGET = "target";
  private static final String EVIDENCE = "evidence";
  private static final String ACCOUNTS = "accounts";
  private static final int WORD_MAX = 20;

  private List<Ledger> ledgers(Request request) {
    Wanted.query(request, Set.of(ORGANIZATION, TARGET));
    var organization = Wanted.words(request, ORGANIZATION);
    var target = Wanted.words(request, TARGET);
    if (organization.isEmpty() && target.isEmpty()) return engine.ledgers().all();
    var homes = new ArrayList<Home>();
    organization
        .map(o -> Wanted.organization(o, engine.books().organizations()))
        .map(Hosted::new)
        .ifPresent(homes::add);
    target.map(name -> elsewhere(name)).ifPresent(homes::add);
    return homes.stream().map(engine.ledgers()::of).toList();
  }

  private Home hosted(Request request) {
    return new Hosted(Wanted.organization(request, engine.books().organizations()));
  }

  private Home elsewhere(Request request) {
    return elsewhere(request.variable(TARGET));
  }

  private Home elsewhere(String name) {
    return engine.ledgers().elsewhere().stream()
        .filter(e -> e.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new HttpFailure(404, "no target with licences is called so"));
  }

  private ObjectNode reclaimable(Request request) {
    return ReclaimableJson.of(ReclaimableJson.seats(engine.ledgers(), ledgers(request)));
  }

  /// Makes a plan that frees seats; nothing is sent.
  private Response reclaim(Request request, Home home) {
    Wanted.query(request, Set.of());
    var body = Wanted.body(request, Set.of(EVIDENCE, ACCOUNTS));
    var evidence = evidence(Wanted.text(body, EVIDENCE, WORD_MAX));
    var accounts = Wanted.texts(body, ACCOUNTS);
    var flow =
        engine.ledgers().leading(home).stream()
            .findFirst()
            .orElseThrow(() -> new HttpFailure(409, "no flow leads there"));
    return JobDesk.begun(
        engine,
        Key.reclaiming(home.key()),
        _ -> {
          var chosen =
              engine.ledgers().reclaimable(home).stream()
                  .filter(r -> evidence.isEmpty() || evidence.get() == r.evidence())
                  .filter(r -> accounts.isEmpty() || accounts.contains(r.name()))
                  .toList();
          return JobDesk.planned(new Reclaim(engine.cycle()).plan(flow, chosen));
        });
  }

  private static Optional<Evidence> evidence(String word) {
    if (word.isEmpty()) return Optional.empty();
    var found = Arrays.stream(Evidence.values()).filter(e -> e.wire().equals(word)).findFirst();
    if (found.isPresent()) return found;
    throw new HttpFailure(400, "evidence is locked, orphaned or idle");
  }
}
