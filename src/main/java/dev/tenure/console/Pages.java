package dev.tenure.console;

import dev.tenure.http.Request;
import dev.tenure.http.Response;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.List;
import java.util.Map;

/// Renders templates. They were compiled with the product, and escape all that they show by where
/// it stands.
public final class Pages {
  /// Nothing but our own files; no script and no style inside of pages, no frames, forms only to
  /// ourselves.
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

  static final List<Map.Entry<String, String>> FIELDS =
      List.of(
          Map.entry("Content-Security-Policy", POLICY),
          Map.entry("X-Content-Type-Options", "nosniff"),
          Map.entry("Referrer-Policy", "same-origin"),
          Map.entry("Cross-Origin-Opener-Policy", "same-origin"),
          Map.entry("Cache-Control", "no-store"));

  private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);
  private final Assets assets = new Assets();

  Assets assets() {
    return assets;
  }

  /// A page: `title` and `section` as in [Frame], `cli` the command that shows the same.
  public record Sort(String title, String section, String cli) {}

  /// The template with what it shows, within the frame.
  public Response page(Asked asked, Sort sort, String template, Object shown) {
    return page(200, frame(asked, sort), template, shown);
  }

  /// A fragment of a page, without the frame.
  public String fragment(String template, Object shown) {
    var out = new StringOutput();
    engine.render(template, shown, out);
    return out.toString();
  }

  Response page(int status, Frame frame, String template, Object shown) {
    var out = new StringOutput();
    engine.render(template, Map.of("frame", frame, "shown", shown), out);
    return Response.of(status, "text/html; charset=utf-8", out.toString()).with(FIELDS);
  }

  /// A page for somebody who is not signed in.
  Response bare(int status, Request request, String template, Object shown) {
    var frame = frame(request, new Sort("", "", ""));
    return page(status, frame, template, shown);
  }

  Frame frame(Asked asked, Sort sort) {
    var visit = asked.visit();
    return new Frame(
        sort.title(),
        sort.section(),
        sort.cli(),
        Notice.of(asked.text("said")).map(Notice.Said::words),
        new Frame.Who(visit.name(), visit.role(), visit.temporary(), asked.csrf()),
        Cookies.theme(asked.request()),
        assets.version());
  }

  private Frame frame(Request request, Sort sort) {
    return new Frame(
        sort.title(),
        sort.section(),
        sort.cli(),
        Notice.of(request.query().first("said")).map(Notice.Said::words),
        new Frame.Who("", dev.tenure.access.Role.VIEWER, false, ""),
        Cookies.theme(request),
        assets.version());
  }

  /// A file to keep.
  public static Response download(String name, String type, Response.Stream body) {
    return Response.streamed(200, type, body)
        .with("Content-Disposition", "attachment; filename=\"" + name + "\"")
        .with(FIELDS);
  }
}
