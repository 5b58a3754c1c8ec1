package dev.tenure;

import dev.tenure.Settings.FlowSettings;
import dev.tenure.Settings.SourceSettings;
import dev.tenure.Settings.TargetSettings;
import dev.tenure.database.Database;
import dev.tenure.deliver.Observed;
import dev.tenure.deliver.Pause;
import dev.tenure.deliver.budget.Books;
import dev.tenure.deliver.budget.SharedBudget;
import dev.tenure.deliver.budget.TargetState;
import dev.tenure.deliver.budget.Terms;
import dev.tenure.deliver.store.PostgresBooks;
import dev.tenure.deliver.store.PostgresObserved;
import dev.tenure.flow.Flow;
import dev.tenure.flow.Flow.Shared;
import dev.tenure.flow.Flows;
import dev.tenure.flow.KnownPeople;
import dev.tenure.flow.store.PostgresKnownPeople;
import dev.tenure.id.FlowId;
import dev.tenure.id.OrganizationId;
import dev.tenure.metric.Meter;
import dev.tenure.metric.TargetStanding;
import dev.tenure.organization.Organizations;
import dev.tenure.plan.AccountKeys;
import dev.tenure.plan.Grants;
import dev.tenure.plan.PlanPolicy;
import dev.tenure.plan.Planner;
import dev.tenure.plan.Seats;
import dev.tenure.plan.Seats.Manner;
import dev.tenure.policy.TargetGroups;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.source.Source;
import dev.tenure.source.Time;
import dev.tenure.source.csv.CsvSource;
import dev.tenure.source.organization.OrganizationSource;
import dev.tenure.source.scim.ScimSource;
import dev.tenure.target.Bought;
import dev.tenure.target.Budget;
import dev.tenure.target.DeviationBook;
import dev.tenure.target.Target;
import dev.tenure.target.genesys.GenesysTarget;
import dev.tenure.target.genesys.GenesysTargetConfig;
import dev.tenure.target.scim.ScimTarget;
import dev.tenure.target.scim.ScimTargetConfig;
import dev.tenure.target.store.PostgresDeviations;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Puts flows together: where people come from, what is said of each, where their accounts live.
final class FlowAssembly {
  private static final Duration TOKEN_LIFE = Duration.ofHours(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int PAGE = 100;

  private final Organizations organizations;
  private final KnownPeople people;
  private final URI inner;
  private final Clock clock;
  private final Books books;
  private final Observed observed;
  private final DeviationBook deviations;
  private final Meter meter;

  /// What all flows have in common.
  record Parts(Organizations organizations, Database database, Meter meter) {}

  /// `inner`: where the organizations are reached from this process.
  FlowAssembly(Parts parts, URI inner, Clock clock) {
    this.organizations = parts.organizations();
    var database = parts.database();
    this.people = new PostgresKnownPeople(database.jdbi(), clock);
    this.books = new PostgresBooks(database.jdbi(), clock);
    this.observed = new PostgresObserved(database.jdbi(), clock);
    this.deviations = new PostgresDeviations(database.jdbi(), clock);
    this.meter = parts.meter();
    this.inner = inner;
    this.clock = clock;
  }

  /// `all` are the flows of the configuration, as they will be when this one runs.
  Flow flow(FlowSettings flow, Flows all) {
    var shared = shared(flow, all);
    return new Flow(
        flow.id(),
        source(flow.source()).after(() -> counted(flow.id())),
        flow.policy(),
        new Planner(flow.target().user(), policy(flow)),
        new AccountKeys(flow.target().user(), flow.rules().match(), flow.policy().uniques()),
        target(flow),
        flow.running(),
        flow.fingerprint(),
        organization(flow.target()),
        flow.target().licences(),
        seats(flow, shared),
        shared,
        clock);
  }

  /// Flows that share a budget lead to the same place.
  private static Shared shared(FlowSettings flow, Flows all) {
    var target = flow.target().budget();
    return new Shared(
        target,
        () ->
            all.all().stream()
                .filter(f -> f.shared().target().equals(target))
                .map(Flow::id)
                .filter(id -> !id.equals(flow.id()))
                .collect(Collectors.toSet()));
  }

  private static Optional<OrganizationId> organization(TargetSettings target) {
    return target instanceof TargetSettings.Hosted(var organization, _, _, _)
        ? Optional.of(organization)
        : Optional.empty();
  }

  private Supplier<Seats> seats(FlowSettings flow, Shared shared) {
    Supplier<Map<Grants, Long>> used = () -> observed.grants(flow.id(), shared.others().get());
    return switch (flow.target()) {
      case TargetSettings.Remote(_, _, var bought) -> () -> seats(bought, Manner.EACH, used);
      case TargetSettings.Genesys(_, _, var bought) -> () -> seats(bought, Manner.GENESYS, used);
      case TargetSettings.Hosted(var organization, var profile, _, _) ->
          () -> seats(organization, new Manner(profile.dearestLicenceOnly(), false));
    };
  }

  /// Nobody tells how many seats are used elsewhere: counted are the accounts that flows saw.
  private static Seats seats(Bought bought, Manner manner, Supplier<Map<Grants, Long>> used) {
    if (bought.pools().isEmpty()) return Seats.NONE;
    var pools =
        bought.pools().stream()
            .map(p -> new Seats.Pool(p.sku(), p.seats(), 0, p.price(), p.roles()))
            .toList();
    return new Seats(pools, manner, Seats.WhenFull.OVERDRAW).taking(used.get());
  }

  private Seats seats(OrganizationId organization, Manner manner) {
    var brought = new HashMap<String, Set<String>>();
    var use = organizations.licences().occupancy(organization);
    if (use.isEmpty()) return Seats.NONE;
    var roles = organizations.licences().roles(organization);
    roles.forEach((role, sku) -> brought.computeIfAbsent(sku, _ -> new HashSet<>()).add(role));
    return new Seats(
        use.stream()
            .map(p ->
                new Seats.Pool(
                    p.sku(),
                    p.seats(),
                    p.used(),
                    p.price(),
                    brought.getOrDefault(p.sku(), Set.of())))
            .toList(),
        manner,
        Seats.WhenFull.OVERDRAW);
  }

  /// Where people come from.
  Source source(SourceSettings source) {
    var time = new Time(clock, Pause.real()::pause);
    return switch (source) {
      case SourceSettings.Ready(var ready) -> ready;
      case SourceSettings.Csv(var config) -> new CsvSource(config, time);
      case SourceSettings.Scim(var config) -> new ScimSource(config, time);
      case SourceSettings.Hosted(var config) ->
          new OrganizationSource(config, organizations.roster(), time);
    };
  }

  private Target target(FlowSettings flow) {
    return switch (flow.target()) {
      case TargetSettings.Remote(var config, var terms, _) ->
          scim(config, flow.target().user(), common(flow.target().budget(), terms));
      case TargetSettings.Genesys(var config, var terms, _) ->
          new GenesysTarget(
              genesys(config.writing(flow.policy().written()), flow),
              flow.target().user(),
              waiting(),
              common(flow.target().budget(), terms));
      case TargetSettings.Hosted hosted ->
          scim(hosted(hosted, flow.id()), hosted.user(), common(hosted.budget(), hosted.terms()));
    };
  }

  private static GenesysTargetConfig genesys(GenesysTargetConfig config, FlowSettings flow) {
    return flow.rules().sourceOrg().isPresent() ? config.marked() : config;
  }

  private ScimTarget scim(ScimTargetConfig config, ResourceType user, ScimTarget.Common common) {
    return new ScimTarget(config, user, waiting(), common);
  }

  private ScimTarget.Waiting waiting() {
    return new ScimTarget.Waiting(clock, FlowAssembly::pause);
  }

  /// All flows that lead to the same place share a budget, and what was learned of it.
  private ScimTarget.Common common(String target, Terms terms) {
    return new ScimTarget.Common(budget(target, terms), deviations.of(target));
  }

  private Budget budget(String target, Terms terms) {
    TargetStanding.Reader reader =
        (kept, now) -> {
          var state = TargetState.of(target, kept, terms, now);
          var quarantined = state.quarantine().isPresent();
          return new TargetStanding(state.perMinute(), state.blockedUntil(), quarantined);
        };
    return meter.counting(target, reader, new SharedBudget(target, terms, books, clock));
  }

  private static void pause(Duration time) {
    try {
      Pause.real().pause(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static PlanPolicy policy(FlowSettings flow) {
    var rules = flow.rules();
    return new PlanPolicy(
        rules.match(),
        hidesRoles(flow.target()) ? rules.leaver().withUnseenRoles() : rules.leaver(),
        rules.guard(),
        rules.sourceOrg(),
        flow.policy().untouched(),
        flow.policy().targetGroups().map(groups -> managed(groups, flow.target())));
  }

  private static boolean hidesRoles(TargetSettings target) {
    return switch (target) {
      case TargetSettings.Genesys _ -> true;
      case TargetSettings.Remote _, TargetSettings.Hosted _ -> false;
    };
  }

  /// As far as the target lets clients manage groups.
  private static TargetGroups managed(TargetGroups groups, TargetSettings target) {
    return switch (target) {
      case TargetSettings.Remote(var config, _, _) -> groups.inChunksOf(config.groupChunk());
      case TargetSettings.Genesys(var config, _, _) -> groups.inChunksOf(config.groupChunk());
      case TargetSettings.Hosted(_, var profile, _, _) -> {
        var chunked = groups.inChunksOf(ScimTargetConfig.usualChunk(profile.isGenesys()));
        yield profile.groupsByClients() ? chunked : chunked.makingNone();
      }
    };
  }

  /// Hosted organizations are reached over HTTP like any other target, with a token of our own.
  private ScimTargetConfig hosted(TargetSettings.Hosted hosted, FlowId flow) {
    var token =
        organizations.credentials().renewed(hosted.organization(), "flow " + flow, TOKEN_LIFE);
    return new ScimTargetConfig(
        URI.create(inner + "/" + hosted.organization() + "/scim/v2"),
        token,
        TIMEOUT,
        PAGE,
        hosted.profile().listsActiveOnly(),
        ScimTargetConfig.usualChunk(hosted.profile().isGenesys()),
        false,
        false);
  }

  /// How many the last complete read gave; empty where there was none.
  private OptionalLong counted(FlowId flow) {
    long count = people.count(flow);
    return count == 0 ? OptionalLong.empty() : OptionalLong.of(count);
  }
}
