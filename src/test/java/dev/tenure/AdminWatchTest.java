package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.access.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who asks again and again is sent what changed, and nothing else.
class AdminWatchTest {
  private final AdminSite admin = AdminSite.open();
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeEach
  void serve() {
    admin.serve();
  }

  @AfterEach
  void close() {
    http.close();
    admin.close();
  }

  private HttpResponse<String> ask(String path, String known)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(admin.place().base() + "/admin/v1" + path))
            .header("Authorization", "Bearer " + admin.token(Role.VIEWER));
    if (!known.isEmpty()) request.header("If-None-Match", known);
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static String tag(HttpResponse<?> response) {
    return response.headers().firstValue("ETag").orElseThrow();
  }

  @Test
  void statusIsSentAgainOnlyWhenItChanged() throws Exception {
    var first = ask("/status", "");
    assertThat(first.statusCode()).isEqualTo(200);
    var tag = tag(first);
    for (var known : new String[] {tag, "W/" + tag, "\"other\", " + tag, "*"}) {
      var again = ask("/status", known);
      assertThat(again.statusCode()).as(known).isEqualTo(304);
      assertThat(again.body()).isEmpty();
      assertThat(tag(again)).isEqualTo(tag);
    }
    assertThat(ask("/status", "\"other\"").statusCode()).isEqualTo(200);
    admin.run("plan", "people");
    var changed = ask("/status", tag);
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(changed.body()).contains("\"number\":1");
    assertThat(tag(changed)).isNotEqualTo(tag);
  }

  @Test
  void aJobIsSentAgainOnlyWhenItChanged() throws Exception {
    var plans = "/flows/{flow}/plans";
    var begun = admin.ask(Role.OPERATOR, "POST", plans, "/flows/people/plans", "");
    admin.ended(begun, "done");
    var path = "/jobs/" + begun.text("/id");
    var tag = tag(ask(path, ""));
    assertThat(ask(path, tag).statusCode()).isEqualTo(304);
    assertThat(ask(path, "\"of while it ran\"").body()).contains("\"done\"");
  }
}
