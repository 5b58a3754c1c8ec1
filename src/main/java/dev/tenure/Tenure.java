package dev.tenure;

import dev.tenure.Settings.FlowSettings;
import dev.tenure.access.Access;
import dev.tenure.access.AccessConfig;
import dev.tenure.access.AdminTokens;
import dev.tenure.access.ConsoleUsers;
import dev.tenure.access.OpenIdConfig;
import dev.tenure.access.OpenIdSignIn;
import dev.tenure.access.openid.OpenId;
import dev.tenure.admin.AdminApi;
import dev.tenure.admin.Engine;
import dev.tenure.audit.AuditChain;
import dev.tenure.audit.AuditLog;
import dev.tenure.audit.store.PostgresAuditLog;
import dev.tenure.cli.Workplace;
import dev.tenure.console.Console;
import dev.tenure.console.Parts;
import dev.tenure.console.ProviderDoor;
import dev.tenure.database.Attachment;
import dev.tenure.database.DataDirectory;
import dev.tenure.database.Database;
import dev.tenure.database.Nodes;
import dev.tenure.deliver.Delivery;
import dev.tenure.deliver.Pause;
import dev.tenure.deliver.Pauses;
import dev.tenure.deliver.Plans;
import dev.tenure.deliver.Queue;
import dev.tenure.deliver.TimeAndChance;
import dev.tenure.deliver.store.PostgresPauses;
import dev.tenure.deliver.store.PostgresPlans;
import dev.tenure.deliver.store.PostgresQueue;
import dev.tenure.flow.Cycle;
import dev.tenure.flow.Eraser;
import dev.tenure.flow.Evictor;
import dev.tenure.flow.Explainer;
import dev.tenure.flow.Flow;
import dev.tenure.flow.FlowRunner;
import dev.tenure.flow.FlowStates;
import dev.tenure.flow.Rules;
import dev.tenure.flow.store.PostgresErasures;
import dev.tenure.flow.store.PostgresFlowStates;
import dev.tenure.http.HttpServer;
import dev.tenure.http.Routes;
import dev.tenure.http.ServerConfig;
import dev.tenure.id.FlowId;
import dev.tenure.job.Jobs;
import dev.tenure.licence.Ledgers;
import dev.tenure.licence.Recorder;
import dev.tenure.metric.Metrics;
import dev.tenure.metric.MetricsConfig;
import dev.tenure.notify.Notifier;
import dev.tenure.notify.Ways;
import dev.tenure.organization.Organizations;
import dev.tenure.organization.oauth.Answers;
import dev.tenure.target.DeviationBook;
import dev.tenure.target.store.PostgresDeviations;
import dev.tenure.view.Status;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// Puts the parts together: the only place that knows them all.
final class Tenure implements Workplace {
  static final Clock CLOCK = Clock.systemUTC();
  static final SecureRandom RANDOM = new SecureRandom();
  private static final int CONNECTIONS = 16;
  private static final int COMMAND_CONNECTIONS = 10;

  private final Database database;
  private final Organizations organizations;
  private final AuditChain chain;
  private final Doors doors;
  private final LiveFlows flows;
  private final Ledgers ledgers;
  private final Opened opened;
  private final Access access;
  private final Foundation.Watching watching;
  private final Notifier notifier;
  private final Jobs jobs;
  private Optional<ConfigWatch.Follow> follow = Optional.empty();
  private boolean shows;

  private Tenure(Settings settings, Foundation parts, Doors doors) {
    this.database = parts.database();
    this.organizations = parts.organizations();
    this.chain = parts.chain();
    this.doors = doors;
    this.opened = parts.opened();
    this.watching = parts.watching();
    watching.tracer().own(doors.inner());
    this.access = new Access(database, settings.console(), CLOCK, RANDOM);
    var common = new FlowAssembly.Parts(organizations, database, watching.meter());
    var assembly = new FlowAssembly(common, doors.inner(), CLOCK);
    this.flows = new LiveFlows(settings, organizations, assembly);
    var sources = new Ledgers.Sources(organizations, flows.all(), books());
    this.ledgers = new Ledgers(sources, settings.licences(), database, CLOCK);
    var ways = opened.add(new Ways(CLOCK));
    this.jobs = opened.add(new Jobs(CLOCK));
    this.notifier = Notifying.of(database, flows::settings, ways, RANDOM);
  }

  /// For a command: beside the server that runs on this data directory, else alone for as long as
  /// it takes; the organizations are then served on a loopback port that nobody else knows.
  static Tenure open(Settings settings, Path data, String command) {
    var server = DataDirectory.attachment(data).filter(Attachment::isServing);
    if (server.isPresent()) return attach(settings, data, server.get());
    var directory = DataDirectory.own(data, command, CLOCK);
    var parts = Foundation.own(settings, directory, COMMAND_CONNECTIONS);
    var tenure = listening(settings, parts, ServerConfig.at(Doors.LOOPBACK, 0), Optional.empty());
    return new Tenure(
        settings, parts, new Doors(tenure.doors.inner(), Doors.outer(settings.server())));
  }

  /// For `serve`: owns the data directory. A negative `port` is the configured one.
  static Tenure serve(OwnFiles files, int port) {
    var settings = files.settings();
    var directory = DataDirectory.own(files.data(), "serve", CLOCK);
    var parts = Foundation.own(settings, directory, CONNECTIONS);
    var configured = settings.server();
    var at = port < 0 ? configured : configured.withPort(port);
    parts.organizations().disownOthers(settings.organizations());
    var tenure = listening(settings, parts, at, Optional.of(files));
    try {
      var budgets = tenure.organizations.budgets();
      tenure.opened.add(Nodes.join(tenure.database, budgets::besides));
      tenure.opened.add(tenure.organizations.housekeeping().start());
      directory.recordServer(tenure.doors.inner().getHost(), tenure.doors.inner().getPort());
      tenure.follow =
          Optional.of(
              new ConfigWatch.Follow(files.config(), files::settings, tenure.flows::become));
      tenure.opened.leave();
      return tenure;
    } catch (RuntimeException e) {
      tenure.close();
      throw e;
    }
  }

  private static Tenure attach(Settings settings, Path data, Attachment server) {
    var opened = Opened.watched();
    try {
      var watching = Foundation.Watching.of(settings, opened);
      var database =
          opened.add(Database.attach(settings.database(), data, server, COMMAND_CONNECTIONS));
      var organizations = new Organizations(database, CLOCK, RANDOM);
      var chain = Foundation.auditChain(database, data);
      var parts = new Foundation(database, organizations, chain, watching, opened);
      LiveFlows.refuseUndeclared(settings, parts.organizations());
      var inner = Doors.base("http", server.httpHost(), server.httpPort());
      var outside = settings.server().outside();
      boolean same = outside.tls().isEmpty() && outside.url().isEmpty();
      return new Tenure(
          settings, parts, new Doors(inner, same ? inner : Doors.outer(settings.server())));
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /// With the files of a server, receivers of signals are told from here, and it can be
  /// administered.
  private static Tenure listening(
      Settings settings, Foundation parts, ServerConfig at, Optional<OwnFiles> files) {
    try {
      boolean pushes = files.isPresent();
      var signals = new Signalling(parts.database(), CLOCK, RANDOM);
      var routes = Front.routes(parts.organizations(), signals);
      var front = new Front(routes, parts.watching().meter());
      var http = HttpServer.start(at, RANDOM, parts.watching().recorded(front), Answers::failure);
      parts.opened().add(http);
      parts.opened().add(signals);
      if (pushes) signals.push();
      boolean secure = at.outside().tls().isPresent();
      var outer = Doors.base(secure ? "https" : "http", at.host(), http.port());
      var inner = secure ? inner(parts, routes) : outer;
      var doors = new Doors(inner, at.outside().url().orElse(outer));
      var tenure = new Tenure(settings, parts, doors);
      if (pushes) tenure.watch(front, settings.metrics());
      files.ifPresent(own -> front.administer(tenure.newAdminApi(settings, own)));
      if (pushes && settings.console().enabled()) tenure.show(front, settings.console());
      return tenure;
    } catch (RuntimeException e) {
      parts.opened().close();
      throw e;
    }
  }

  /// A plain door for our own use: our certificate is made for others, and names them.
  private static URI inner(Foundation parts, Routes routes) {
    var http =
        HttpServer.start(
            ServerConfig.at(Doors.LOOPBACK, 0),
            RANDOM,
            parts.watching().recorded(routes),
            Answers::failure);
    parts.opened().add(http);
    return Doors.base("http", Doors.LOOPBACK, http.port());
  }

  /// From now on metrics and health are told at this door.
  private void watch(Front front, MetricsConfig config) {
    var watched = new Metrics.Watched(flows.all(), database, watching.meter());
    front.watch(new Metrics(config, watched, CLOCK).routes());
  }

  /// From now on the console answers at this door.
  private void show(Front front, AccessConfig settings) {
    front.open(newConsole(settings));
    shows = true;
  }

  @Override
  public void runFlows() {
    flows.run(opened.add(new FlowRunner(cycle(), states(), world(), watching.meter())));
    opened.add(Recorder.start(ledgers));
    opened.add(notifier.start());
    follow.ifPresent(f -> opened.add(ConfigWatch.start(f, flows.settings())));
  }

  private static TimeAndChance world() {
    return new TimeAndChance(CLOCK, RANDOM, Pause.real());
  }

  @Override
  public Flow flow(FlowId id) {
    return flows.flow(id);
  }

  /// The deciding half of one of these flows, reading from where it says.
  Rules rules(List<FlowSettings> others, FlowId id) {
    return flows.rules(others, id);
  }

  @Override
  public List<Flow> flows() {
    return flows.all().all();
  }

  @Override
  public Cycle cycle() {
    var delivery = new Delivery(plans(), queue(), world());
    return new Cycle(books(), delivery, world()).recording(watching.tracer());
  }

  @Override
  public Queue queue() {
    return new PostgresQueue(database.jdbi());
  }

  private Cycle.Books books() {
    return FlowBooks.of(database, CLOCK);
  }

  @Override
  public Explainer explainer() {
    return new Explainer(books(), states());
  }

  @Override
  public Evictor evictor() {
    return new Evictor(cycle());
  }

  @Override
  public Eraser eraser() {
    return new Eraser(new PostgresErasures(database.jdbi()), books().locks());
  }

  @Override
  public Ledgers ledgers() {
    return ledgers;
  }

  @Override
  public Plans plans() {
    return new PostgresPlans(database.jdbi(), CLOCK);
  }

  @Override
  public Pauses pauses() {
    return new PostgresPauses(database.jdbi(), CLOCK);
  }

  @Override
  public DeviationBook deviations() {
    return new PostgresDeviations(database.jdbi(), CLOCK);
  }

  @Override
  public Optional<URI> console() {
    return shows ? Optional.of(URI.create(doors.outer() + "/console")) : Optional.empty();
  }

  private AdminApi newAdminApi(Settings settings, OwnFiles files) {
    var books = new Status.Books(states(), plans(), organizations, deviations());
    var cycle = cycle();
    var acts = Engine.Acts.of(cycle, pauses(), explainer(), eraser());
    var records = new Engine.Records(audit(), chain, notifier);
    return new AdminApi(
        new Engine(
            new Engine.Entrance(adminTokens(), consoleUsers()),
            flows.all(),
            books,
            cycle,
            jobs,
            acts,
            ledgers,
            records,
            database,
            new OwnHouse(settings.database(), files, flows)));
  }

  @Override
  public AdminTokens adminTokens() {
    return new AdminTokens(database, CLOCK, RANDOM);
  }

  private Console newConsole(AccessConfig settings) {
    var cycle = cycle();
    var acts = Parts.Acts.of(cycle, eraser(), pauses());
    var engine =
        new Parts.Engine(
            flows.all(), cycle, plans(), explainer(), states(), ledgers, acts, world());
    var records = new Parts.Records(audit(), chain, notifier);
    var openId = settings.openId().map(this::newOpenId);
    var entrance = new Parts.Entrance(access, openId, doors.outer());
    return new Console(new Parts(entrance, engine, organizations, records, database), jobs);
  }

  private OpenIdSignIn newOpenId(OpenIdConfig config) {
    var place =
        new OpenId.Place(
            URI.create(doors.outer() + ProviderDoor.CALLBACK),
            URI.create(doors.outer() + ProviderDoor.SIGNED_OUT));
    return new OpenIdSignIn(access, opened.add(new OpenId(config, place, CLOCK, RANDOM)));
  }

  @Override
  public Notifier notifier() {
    return notifier;
  }

  @Override
  public ConsoleUsers consoleUsers() {
    return access.users();
  }

  @Override
  public AuditLog audit() {
    return new PostgresAuditLog(database.jdbi());
  }

  @Override
  public AuditChain auditChain() {
    return chain;
  }

  @Override
  public Organizations organizations() {
    return organizations;
  }

  @Override
  public URI base() {
    return doors.inner();
  }

  @Override
  public URI address() {
    return doors.outer();
  }

  @Override
  public FlowStates states() {
    return new PostgresFlowStates(database.jdbi());
  }

  @Override
  public void close() {
    opened.close();
  }
}
