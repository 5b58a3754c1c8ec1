package dev.tenure.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What clients do wrong with HTTP itself, byte by byte, and clients that are slow.
@Timeout(30)
class BadClientsTest {
  private static final Times SHORT =
      new Times(
          Duration.ofMillis(700),
          Duration.ofMillis(900),
          Duration.ofMillis(150),
          Duration.ofSeconds(1));
  private static final int DEAF = 6;
  private static final CountDownLatch CUT = new CountDownLatch(DEAF);
  private static final int BODY_MAX = 100_000;
  private static final AtomicInteger BODIES = new AtomicInteger();
  private static HttpServer server;

  @BeforeAll
  static void start() {
    var config =
        new ServerConfig(
            "127.0.0.1",
            0,
            BODY_MAX,
            4,
            new ServerConfig.Outside(
                Optional.of(URI.create("https://known")), Optional.empty(), List.of()));
    Handler handler = BadClientsTest::answer;
    var work = new Exchange.Work(handler, BadClientsTest::refusal, new Patience(), SHORT);
    server = HttpServer.start(config, new Random(1), work);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Response refusal(HttpFailure failure) {
    return Response.of(failure.status(), "text/refused", failure.detail());
  }

  private static Response answer(Request request) {
    return switch (String.join("/", request.head().path())) {
      case "echo" -> {
        BODIES.incrementAndGet();
        yield Response.of(200, "text/plain", "got " + request.body().length);
      }
      case "endless" ->
          Response.streamed(
              200,
              "text/plain",
              out -> {
                try {
                  for (; ; ) out.write(new byte[100_000]);
                } finally {
                  CUT.countDown();
                }
              });
      case "stream" ->
          Response.streamed(
              200,
              "text/plain",
              out -> {
                for (int i = 0; i < 1_000; i++) out.write("0123456789".getBytes(UTF));
              });
      case "broken" ->
          Response.streamed(
              200,
              "text/plain",
              out -> {
                for (int i = 0; i < 10; i++) out.write(new byte[10_000]);
                throw new IOException("half way");
              });
      case "origin" -> Response.of(200, "text/plain", request.origin());
      default -> throw new HttpFailure(404, "nothing is here");
    };
  }

  private static final java.nio.charset.Charset UTF = StandardCharsets.UTF_8;

  private static Socket connect() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  private static String rest(Socket socket) {
    var all = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(all);
    } catch (IOException e) {
      // A reset: what came before it counts.
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  /// All that comes back until the server ends the connection.
  private static String exchange(String request) throws IOException {
    try (var socket = connect()) {
      write(socket, request);
      return rest(socket);
    }
  }

  private static String get(String path) throws IOException {
    return exchange("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  }

  private static void assertAlive() throws IOException {
    assertThat(get("/echo")).startsWith("HTTP/1.1 200").endsWith("got 0");
  }

  @Test
  void whatIsNoRequestIsToldInTheFormOfTheProtocolAbove() throws IOException {
    for (var request :
        new String[] {
          "GET /x HTTP/1.1\r\n\r\n",
          "GET /x y HTTP/1.1\r\nHost: x\r\n\r\n",
          "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
          "GET /echo?a=%zz HTTP/1.1\r\nHost: x\r\n\r\n",
          "GET /echo?a=\" HTTP/1.1\r\nHost: x\r\n\r\n",
          "GET /echo HTTP/1.1\r\nHost: x\r\nno field\r\n\r\n",
          "GET /echo HTTP/1.1\r\nHost: x\r\nA: b\u0000c\r\n\r\n",
          "GET /echo HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
          "GET /echo HTTP/1.1\r\nHost: x\r\nBig: " + "x".repeat(50_000) + "\r\n\r\n",
          "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n"
        }) {
      var got = exchange(request);
      assertThat(got).as(request.lines().findFirst().get()).startsWith("HTTP/1.1 400");
      assertThat(got).contains("text/refused");
    }
    var long1 = exchange("GET /" + "x".repeat(70_000) + " HTTP/1.1\r\nHost: x\r\n\r\n");
    assertThat(long1).startsWith("HTTP/1.1 414").contains("text/refused");
    for (var garbage : new String[] {"\r\n\r\n", "hello\r\n", "\u0016\u0003\u0001\u0002", "GET"}) {
      assertThat(exchange(garbage)).doesNotContain("HTTP/1.1 5", "HTTP/1.1 2");
    }
    assertAlive();
  }

  @Test
  void bodiesThatAreBrokenAreBadRequests() throws IOException {
    var chunked = "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    assertThat(exchange(chunked + "zz\r\n")).startsWith("HTTP/1.1 400").contains("text/refused");
    assertThat(exchange(chunked + "-5\r\nhello\r\n")).startsWith("HTTP/1.1 400");
    assertThat(exchange(chunked + "7fffffff\r\n")).startsWith("HTTP/1.1 413");
    assertThat(exchange(chunked + "5\r\nhello\r\n0\r\n\r\n" + closing()))
        .startsWith("HTTP/1.1 200")
        .contains("got 5");
    var length = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: ";
    assertThat(exchange(length + "999999999999\r\n\r\n")).startsWith("HTTP/1.1 413");
    assertThat(exchange(length + "150000\r\n\r\n" + "x".repeat(150_000) + closing()))
        .startsWith("HTTP/1.1 413")
        .contains("text/refused");
    assertAlive();
  }

  private static String closing() {
    return "GET /none HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  }

  @Test
  void whatIsLeftOfABodyIsNeverTheNextRequest() throws IOException {
    var hidden = "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n";
    var before = BODIES.get();
    var got =
        exchange(
            "POST /none HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(hidden.length())
                + "\r\n"
                + hidden
                + "\r\n0\r\n\r\n");
    assertThat(got).startsWith("HTTP/1.1 404").containsOnlyOnce("HTTP/1.1 ");
    got =
        exchange(
            "POST /none HTTP/1.1\r\nHost: x\r\nContent-Length: "
                + hidden.length()
                + "\r\n\r\n"
                + hidden
                + closing());
    assertThat(got.split("HTTP/1.1 404", -1)).hasSize(3);
    assertThat(BODIES.get()).isEqualTo(before);
  }

  @Test
  void headIsGetWithoutItsBody() throws IOException {
    var head = exchange("HEAD /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assertThat(head).startsWith("HTTP/1.1 200").contains("Content-Length: 5").endsWith("\r\n\r\n");
    assertThat(exchange("HEAD /stream HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200")
        .endsWith("\r\n\r\n");
  }

  @Test
  void aStreamedAnswerIsWholeOrVisiblyNot() throws IOException {
    assertThat(get("/stream")).startsWith("HTTP/1.1 200").endsWith("\r\n0\r\n\r\n");
    assertThat(get("/broken")).startsWith("HTTP/1.1 200").doesNotEndWith("\r\n0\r\n\r\n");
    assertAlive();
  }

  @Test
  void whoSendsTheHeadDropByDropIsCutOff() throws IOException {
    try (var socket = connect()) {
      write(socket, "GET /echo HTTP/1.1\r\nHost: x\r\n");
      var start = System.nanoTime();
      assertThat(drip(socket, "X: y\r\n")).isLessThan(60);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    }
    assertAlive();
  }

  @Test
  void whoSendsTheBodyDropByDropIsCutOff() throws IOException {
    try (var socket = connect()) {
      write(socket, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 90000\r\n\r\n");
      assertThat(drip(socket, "x")).isLessThan(60);
      assertThat(rest(socket)).startsWith("TTP/1.1 408").contains("text/refused");
    }
    try (var socket = connect()) {
      write(socket, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 90000\r\n\r\nhalf");
      assertThat(rest(socket)).startsWith("HTTP/1.1 408");
    }
    assertAlive();
  }

  /// A piece every 100 ms until the server has had enough; how many pieces that took.
  private static int drip(Socket socket, String piece) throws IOException {
    socket.setSoTimeout(100);
    for (int sent = 0; sent < 60; sent++) {
      try {
        write(socket, piece);
        if (socket.getInputStream().read() != 0) return sent;
      } catch (java.net.SocketTimeoutException _) {
        // Nothing came yet.
      } catch (IOException _) {
        return sent;
      }
    }
    return 60;
  }

  @Test
  void whoDoesNotReadTheAnswerIsCutOffAndHoldsUpNobody() throws Exception {
    var deaf = new ArrayList<Socket>();
    for (int i = 0; i < DEAF; i++) {
      var socket = connect();
      write(socket, "GET /endless HTTP/1.1\r\nHost: x\r\n\r\n");
      deaf.add(socket);
    }
    assertAlive();
    assertThat(CUT.await(20, TimeUnit.SECONDS)).isTrue();
    for (var socket : deaf) socket.close();
  }

  @Test
  void theAddressIsTheConfiguredOneWhateverARequestSays() throws IOException {
    assertThat(
            exchange(
                String.join(
                    "\r\n",
                    "GET /origin HTTP/1.1",
                    "Host: evil",
                    "X-Forwarded-Host: evil",
                    "Connection: close",
                    "",
                    "")))
        .endsWith("https://known");
  }
}
