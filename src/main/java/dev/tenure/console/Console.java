package dev.tenure.console;

import dev.tenure.console.page.ActPage;
import dev.tenure.console.page.AuditPage;
import dev.tenure.console.page.ConflictsPage;
import dev.tenure.console.page.LicencesPage;
import dev.tenure.console.page.NotificationsPage;
import dev.tenure.console.page.OrganizationsPage;
import dev.tenure.console.page.OverviewPage;
import dev.tenure.console.page.PeoplePage;
import dev.tenure.console.page.PersonPage;
import dev.tenure.console.page.PlanPage;
import dev.tenure.console.page.PlansPage;
import dev.tenure.http.Handler;
import dev.tenure.http.Request;
import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import dev.tenure.job.Jobs;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The console as a whole: answers what is asked below `/console` and the book below `/docs`, and
/// sends whoever asks for `/` to the console.
public final class Console implements Handler {
  private static final String HOME = "console";

  /// What follows `/console/`. An organization may have the name `console`: its own addresses have
  /// other words there.
  private static final Set<String> SECTIONS =
      Stream.concat(
              Frame.SECTIONS.stream().map(Frame.Section::path),
              Stream.of("live", "sign-in", "sign-out", "theme", "account", "assets"))
          .collect(Collectors.toSet());

  private final Routes routes = new Routes();

  public Console(Parts parts, Jobs jobs) {
    var pages = new Pages();
    var entrance = parts.entrance();
    var gate = new Gate(entrance.access(), pages);
    var live = new Live(entrance.access(), parts.engine().world(), jobs::isClosed);
    routes.add("GET", "/console/assets/{version}/{name}", pages.assets()::answer);
    routes.addAll(new Library().routes());
    routes.addAll(new Door(entrance, gate, pages).routes());
    entrance.provider().ifPresent(p -> routes.addAll(new ProviderDoor(p, pages).routes()));
    routes.addAll(new OverviewPage(parts, pages, live).routes(gate));
    routes.addAll(new PlansPage(parts, pages, jobs).routes(gate));
    routes.addAll(new PlanPage(parts, pages, jobs, live).routes(gate));
    routes.addAll(new PeoplePage(parts, pages).routes(gate));
    routes.addAll(new PersonPage(parts, pages, jobs).routes(gate));
    routes.addAll(new ActPage(parts, pages, jobs).routes(gate));
    routes.addAll(new ConflictsPage(parts, pages, jobs).routes(gate));
    routes.addAll(new LicencesPage(parts, pages, jobs).routes(gate));
    routes.addAll(new OrganizationsPage(parts, pages).routes(gate));
    routes.addAll(new NotificationsPage(parts, pages, jobs).routes(gate));
    routes.addAll(new AuditPage(parts, pages, jobs).routes(gate));
    routes.add("GET", "/console/{rest...}", gate.page(_ -> missing()));
  }

  private static Response missing() {
    throw new dev.tenure.http.HttpFailure(404, "nothing is here; the parts are named above");
  }

  /// Whether this request is for the console.
  public static boolean isFor(Request request) {
    List<String> path = request.head().path();
    if (path.isEmpty()) return request.method().equals("GET");
    if (Library.isFor(request)) return true;
    if (!path.getFirst().equals(HOME)) return false;
    return path.size() == 1 || SECTIONS.contains(path.get(1));
  }

  @Override
  public Response handle(Request request) {
    return request.head().path().isEmpty() ? Asked.to("/console") : routes.handle(request);
  }
}
