package dev.tenure.notify;

import dev.tenure.config.Section;
import dev.tenure.notify.Receiver.Encryption;
import dev.tenure.notify.Receiver.Login;
import dev.tenure.notify.Receiver.Server;
import dev.tenure.notify.Receiver.Way;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.remote.Trust;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/// The sections `webhook` and `email` of a receiver.
final class WaySections {
  /// A secret that is shorter may be guessed from what it signed.
  private static final int SECRET_MIN = 24;

  private static final int IMPLICIT_PORT = 465;
  private static final int SUBMISSION_PORT = 587;
  private static final int PORT_MAX = 65_535;
  private static final int RECIPIENTS_MAX = 20;

  /// Of RFC 5321 what is used: no quotes, no comments, no names, and so nothing that could begin
  /// another header field or command.
  private static final Pattern ADDRESS =
      Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}");

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]{1,253}|\\[?[0-9a-fA-F:]+]?");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[?::1]?");

  private WaySections() {}

  static Way webhook(Section section) {
    var secret = section.secret("secret");
    int length = secret.reveal().length();
    section.require(
        length == 0 || length >= SECRET_MIN,
        "secret",
        "must have at least " + SECRET_MIN + " characters");
    section.require(
        length == 0 || Signature.isUsable(secret),
        "secret",
        "what follows whsec_ must be base64 of 24 to 64 bytes");
    return new Way.Webhook(url(section), secret);
  }

  /// The text may have a secret in it: it is not repeated.
  private static URI url(Section section) {
    try {
      var uri = new URI(section.text("url"));
      var host = uri.getHost();
      if (host != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null) {
        if ("https".equals(uri.getScheme())) return uri;
        if ("http".equals(uri.getScheme()) && LOOPBACK.matcher(host).matches()) return uri;
      }
    } catch (URISyntaxException _) {
      // Told below, with what is wanted.
    }
    section.problem(
        "url",
        Code.CONFIG_VALUE,
        section.path() + ".url: this is not the address of a webhook",
        "write it as https://host/path; http:// is for this machine (127.0.0.1) only");
    return URI.create("https://invalid");
  }

  static Way mail(Section section, UnaryOperator<Path> resolver) {
    var host = section.text("host");
    if (!host.isEmpty()) {
      section.require(HOST.matcher(host).matches(), "host", "must be a host name or an address");
    }
    var tls = section.oneOf("tls", Encryption.STARTTLS);
    int port = section.count("port", tls == Encryption.IMPLICIT ? IMPLICIT_PORT : SUBMISSION_PORT);
    section.require(port > 0 && port <= PORT_MAX, "port", "must be from 1 to 65535");
    var login = login(section);
    section.require(
        tls != Encryption.NONE || login.isEmpty() || LOOPBACK.matcher(host).matches(),
        "tls",
        "must be starttls or implicit where there is a password");
    var server = new Server(host, port, tls, trust(section, resolver), login);
    var to = section.texts("to");
    section.require(
        !section.has("to") || (!to.isEmpty() && to.size() <= RECIPIENTS_MAX),
        "to",
        "must be 1 to " + RECIPIENTS_MAX + " addresses");
    to.forEach(address -> requireAddress(section, "to", address));
    var from = section.text("from");
    if (!from.isEmpty()) requireAddress(section, "from", from);
    return new Way.Mail(server, from, to);
  }

  private static Optional<Login> login(Section section) {
    section.require(
        section.has("user") == section.has("password"),
        section.has("user") ? "user" : "password",
        "user and password belong together");
    return section
        .optionalText("user")
        .flatMap(user -> section.optionalSecret("password").map(p -> new Login(user, p)));
  }

  private static SSLContext trust(Section section, UnaryOperator<Path> resolver) {
    try {
      return Trust.context(section.optionalText("trust").map(t -> resolver.apply(Path.of(t))));
    } catch (Problem.Found e) {
      for (var p : e.problems()) section.problem("trust", p.code(), p.message(), p.remedy());
      return Trust.context(Optional.empty());
    }
  }

  private static void requireAddress(Section section, String key, String address) {
    if (ADDRESS.matcher(address).matches()) return;
    section.problem(
        key,
        Code.CONFIG_VALUE,
        section.path() + "." + key + ": '" + address + "' is not an address",
        "write it like ops@example.com, without a name");
  }
}
