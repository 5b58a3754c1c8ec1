package dev.tenure;

import dev.tenure.console.Console;
import dev.tenure.http.Handler;
import dev.tenure.http.Request;
import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import org.jspecify.annotations.Nullable;

/// What answers at the door that people and clients use: the organizations' endpoints, and the
/// console as soon as it is open.
final class Front implements Handler {
  private final Routes routes;
  private volatile @Nullable Console console;

  Front(Routes routes) {
    this.routes = routes;
  }

  /// From now on the console answers, too.
  void open(Console opened) {
    console = opened;
  }

  @Override
  public Response handle(Request request) {
    var opened = console;
    return opened != null && Console.isFor(request)
        ? opened.handle(request)
        : routes.handle(request);
  }
}
