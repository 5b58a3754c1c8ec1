package dev.tenure.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HttpServerTest {
  private static HttpServer start(String host, int port) {
    return HttpServer.start(ServerConfig.at(host, port), new Random(), _ -> Response.of(204));
  }

  private static Problem refused(String host, int port) {
    var thrown = catchThrowableOfType(Problem.Found.class, () -> start(host, port).close());
    return thrown.problems().getFirst();
  }

  @Test
  void aPortThatSomebodyHasIsRefused() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      var problem = refused("127.0.0.1", taken.getLocalPort());
      assertThat(problem.code()).isEqualTo(Code.PORT_IN_USE);
      assertThat(problem.details()).containsEntry("reason", "Address already in use");
    }
  }

  @Test
  void anAddressThatIsNotOursIsRefused() {
    assertThat(refused("192.0.2.1", 0).code()).isEqualTo(Code.PORT_IN_USE);
    assertThat(refused("no.such.host.invalid", 0).code()).isEqualTo(Code.PORT_IN_USE);
  }

  @Test
  void aFreePortIsTakenAndGivenBack() {
    var first = start("127.0.0.1", 0);
    var port = first.port();
    assertThat(refused("127.0.0.1", port).code()).isEqualTo(Code.PORT_IN_USE);
    first.close();
    try (var second = start("127.0.0.1", port)) {
      assertThat(second.port()).isEqualTo(port);
    }
  }
}
