package dev.tenure.cli;

import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Model.CommandSpec;

/// Serves the organizations and runs the flows until it is told to stop.
public final class ServeCommand implements Command {
  @Override
  public String name() {
    return "serve";
  }

  @Override
  public String summary() {
    return "Serves the organizations' endpoints and runs the flows, until it is stopped.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Commands.option(spec, "--port", "N", "Listen here; 0 takes a free one. Default: server.port.");
  }

  @Override
  public int run(Call call) throws InterruptedException {
    int port = call.optional("--port").isPresent() ? call.count("--port") : -1;
    try (var workplace = call.installation().serve(call.config(), call.data(), port)) {
      call.terminal().out().println("serving at " + workplace.base());
      call.terminal().out().flush();
      FirstUser.tell(call, workplace);
      workplace.runFlows();
      untilStopped();
      return 0;
    }
  }

  /// Blocks until SIGINT or SIGTERM; what is open is closed before the process ends.
  public static void untilStopped() throws InterruptedException {
    new CountDownLatch(1).await();
  }
}
