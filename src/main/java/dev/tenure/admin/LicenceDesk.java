package dev.tenure.admin;

import dev.tenure.http.HttpFailure;
import dev.tenure.http.Request;
import dev.tenure.http.Response;
import dev.tenure.job.Jobs.Key;
import dev.tenure.licence.Evidence;
import dev.tenure.licence.Ledger;
import dev.tenure.licence.Reclaim;
import dev.tenure.view.LicenceJson;
import dev.tenure.view.ReclaimableJson;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// What is asked about the licences of organizations.
record LicenceDesk(Engine engine) {
  static final List<Operation> OPERATIONS =
      List.of(
          Operation.look("/licences", (d, r) -> LicenceJson.of(d.licences().ledgers(r))),
          Operation.look("/licences/reclaimable", (d, r) -> d.licences().reclaimable(r)),
          JobDesk.begin(
              "/organizations/{organization}/reclaim", (d, r) -> d.licences().reclaim(r)));

  private static final String ORGANIZATION = "organization";
  private static final String EVIDENCE = "evidence";
  private static final String ACCOUNTS = "accounts";
  private static final int WORD_MAX = 20;

  private List<Ledger> ledgers(Request request) {
    Wanted.query(request, Set.of(ORGANIZATION));
    var named = Wanted.words(request, ORGANIZATION);
    if (named.isEmpty()) return engine.ledgers().all();
    var id = Wanted.organization(named.get(), engine.books().organizations());
    return List.of(engine.ledgers().of(id));
  }

  private ObjectNode reclaimable(Request request) {
    return ReclaimableJson.of(ReclaimableJson.seats(engine.ledgers(), ledgers(request)));
  }

  /// Makes a plan that frees seats; nothing is sent.
  private Response reclaim(Request request) {
    Wanted.query(request, Set.of());
    var organization = Wanted.organization(request, engine.books().organizations());
    var body = Wanted.body(request, Set.of(EVIDENCE, ACCOUNTS));
    var evidence = evidence(Wanted.text(body, EVIDENCE, WORD_MAX));
    var accounts = Wanted.texts(body, ACCOUNTS);
    var flow =
        engine.ledgers().leading(organization).stream()
            .findFirst()
            .orElseThrow(() -> new HttpFailure(409, "no flow leads to the organization"));
    return JobDesk.begun(
        engine,
        Key.reclaiming(organization),
        _ -> {
          var chosen =
              engine.ledgers().reclaimable(organization).stream()
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
