package dev.tenure;

import dev.tenure.audit.AuditEntry;
import dev.tenure.audit.AuditLog.Search;
import dev.tenure.cli.Workplace;
import dev.tenure.deliver.DeliveryReport;
import dev.tenure.deliver.Progress;
import dev.tenure.flow.CycleReport;
import dev.tenure.flow.Flow;
import dev.tenure.id.FlowId;
import dev.tenure.id.OrganizationId;
import dev.tenure.plan.Change;
import dev.tenure.plan.Lane;
import dev.tenure.testkit.ScimCalls;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// A site's flow `people` and its organization `acme`, opened for work.
record Work(Workplace place) implements AutoCloseable {
  static Work at(Site site) {
    return new Work(site.open());
  }

  Flow flow() {
    return place.flow(new FlowId("people"));
  }

  CycleReport plan() throws InterruptedException {
    return place.cycle().plan(flow());
  }

  DeliveryReport apply(CycleReport planned) throws InterruptedException {
    return place.cycle().apply(flow(), planned.number().orElseThrow(), Progress.NONE);
  }

  /// What the client `idp` sees of the organization.
  ScimCalls acme() {
    return Site.calls(place, "acme");
  }

  /// The groups of the organization with the userNames of their members.
  Map<String, Set<String>> groups() {
    var names = new TreeMap<String, String>();
    for (var user : acme().users()) {
      names.put(user.path("id").asString(""), user.path("userName").asString(""));
    }
    var groups = new TreeMap<String, Set<String>>();
    var list = acme().send("GET", "/scim/v2/Groups?count=100", "").json();
    for (var group : list.path("Resources")) {
      var members = new TreeSet<String>();
      group
          .path("members")
          .forEach(m -> members.add(names.getOrDefault(m.path("value").asString(""), "?")));
      groups.put(group.path("displayName").asString(""), members);
    }
    return groups;
  }

  /// The entries of a log, newest first.
  List<AuditEntry> audit(String log) {
    return place.audit().search(Search.newest(log, 10_000));
  }

  /// The used seats by SKU.
  Map<String, Long> seats() {
    var used = new TreeMap<String, Long>();
    for (var pool : place.organizations().licences().occupancy(new OrganizationId("acme"))) {
      used.put(pool.sku(), pool.used());
    }
    return used;
  }

  /// The lane of each person who has a change.
  static Map<String, Lane> lanes(CycleReport planned) {
    var lanes = new TreeMap<String, Lane>();
    for (Change change : planned.plan().changes()) {
      lanes.put(change.person().value(), change.lane());
    }
    return lanes;
  }

  @Override
  public void close() {
    place.close();
  }
}
