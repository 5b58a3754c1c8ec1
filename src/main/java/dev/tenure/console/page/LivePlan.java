package dev.tenure.console.page;

import dev.tenure.console.Pages;
import dev.tenure.console.Parts;
import dev.tenure.deliver.PlanNumber;
import dev.tenure.flow.Flow;
import dev.tenure.http.HttpFailure;
import dev.tenure.http.Response;
import dev.tenure.job.Jobs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/// A plan's progress as it happens: server-sent events, each with the piece of the page that shows
/// it (HTML Living Standard §9.2). Whoever sends the plan, the page sees it, as the numbers come
/// from the database.
final class LivePlan {
  private static final Duration STEP = Duration.ofMillis(700);

  /// The browser comes back by itself.
  private static final Duration LONGEST = Duration.ofMinutes(5);

  /// More at a time would take the connections of those who want pages.
  private static final Semaphore ROOM = new Semaphore(64);

  private final Parts parts;
  private final Pages pages;
  private final Jobs jobs;

  LivePlan(Parts parts, Pages pages, Jobs jobs) {
    this.parts = parts;
    this.pages = pages;
    this.jobs = jobs;
  }

  Response stream(Flow flow, PlanNumber number) {
    if (ROOM.availablePermits() == 0) throw new HttpFailure(503, "too many pages are live already");
    return Response.streamed(200, "text/event-stream", out -> write(out, flow, number))
        .with("Cache-Control", "no-store")
        .with("X-Accel-Buffering", "no");
  }

  private void write(OutputStream out, Flow flow, PlanNumber number) throws IOException {
    if (!ROOM.tryAcquire()) return;
    try {
      var end = parts.engine().world().clock().instant().plus(LONGEST);
      var last = "";
      while (!jobs.isClosed() && parts.engine().world().clock().instant().isBefore(end)) {
        var progress = progress(flow, number);
        var piece = pages.fragment("progress.jte", progress);
        if (!piece.equals(last)) send(out, progress.running() ? "progress" : "end", piece);
        if (!progress.running()) return;
        last = piece;
        parts.engine().world().pause().pause(STEP);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      ROOM.release();
    }
  }

  private ProgressView progress(Flow flow, PlanNumber number) {
    return ProgressView.of(
        PlansPage.stored(parts, flow, number), jobs.of(PlansPage.applying(flow)));
  }

  private static void send(OutputStream out, String event, String piece) throws IOException {
    var text = new StringBuilder("event: " + event + "\n");
    piece.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
    out.write(text.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
