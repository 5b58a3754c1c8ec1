package dev.tenure;

import dev.tenure.admin.AdminApi;
import dev.tenure.console.Console;
import dev.tenure.http.Handler;
import dev.tenure.http.HttpFailure;
import dev.tenure.http.Request;
import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import dev.tenure.metric.Meter;
import dev.tenure.metric.Metrics;
import dev.tenure.metric.Part;
import dev.tenure.organization.Organizations;
import dev.tenure.organization.genesys.GenesysRoutes;
import dev.tenure.organization.oauth.SessionRoutes;
import dev.tenure.organization.oauth.TokenRoutes;
import dev.tenure.organization.scim.ScimRoutes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What answers at the door that people and clients use: the organizations' endpoints, and the
/// console and the metrics as soon as they are open. Counts what it answers.
final class Front implements Handler {
  private static final int BROKEN = 500;

  private final Routes routes;
  private final Meter meter;
  private volatile @Nullable Console console;
  private volatile @Nullable Routes watching;
  private volatile @Nullable AdminApi admin;

  Front(Routes routes, Meter meter) {
    this.routes = routes;
    this.meter = meter;
  }

  /// From now on the console answers, too.
  void open(Console opened) {
    console = opened;
  }

  /// From now on the admin API answers, too.
  void administer(AdminApi api) {
    admin = api;
  }

  /// From now on these answer who watches.
  void watch(Routes metrics) {
    watching = metrics;
  }

  @Override
  public Response handle(Request request) {
    long begun = System.nanoTime();
    int status = BROKEN;
    try {
      var response = answer(request);
      status = response.status();
      return response;
    } catch (HttpFailure e) {
      status = e.status();
      throw e;
    } finally {
      var took = Duration.ofNanos(System.nanoTime() - begun);
      meter.answered(Part.of(request.head().path()), status, took);
    }
  }

  private Response answer(Request request) {
    var metrics = watching;
    if (metrics != null && Metrics.isFor(request)) return metrics.handle(request);
    var api = admin;
    if (api != null && AdminApi.isFor(request)) return api.handle(request);
    var opened = console;
    return opened != null && Console.isFor(request)
        ? opened.handle(request)
        : routes.handle(request);
  }

  /// What organizations answer.
  static Routes routes(Organizations organizations, Signalling signals) {
    return new Routes()
        .add("GET", "/health", _ -> Response.json(200, "{\"status\":\"up\"}"))
        .addAll(new TokenRoutes(organizations).routes())
        .addAll(new GenesysRoutes(organizations).routes())
        .addAll(new SessionRoutes(organizations).routes())
        .addAll(signals.routes(organizations))
        .addAll(new ScimRoutes(organizations).routes());
  }
}
