package dev.tenure.notify;

import dev.tenure.config.Secret;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/// Who is told, by the name that the configuration gives it. No `flows`: of all, and of what
/// belongs to none.
public record Receiver(String name, Way way, Set<Kind> kinds, Set<String> flows) {
  public Receiver {
    kinds = Set.copyOf(kinds);
    flows = Set.copyOf(flows);
  }

  /// How it is reached.
  public sealed interface Way {
    /// For people: where it leads, without what is secret in it.
    String shown();

    /// A POST, signed with the secret. An address may hold a secret itself, in its path or query.
    record Webhook(URI url, Secret secret) implements Way {
      @Override
      public String shown() {
        var port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return url.getScheme() + "://" + url.getHost() + port;
      }
    }

    /// A letter, handed to this server.
    record Mail(Server server, String from, List<String> to) implements Way {
      public Mail {
        to = List.copyOf(to);
      }

      @Override
      public String shown() {
        return String.join(", ", to);
      }
    }
  }

  /// How the connection is encrypted: not at all, after the greeting (RFC 3207), or from the start
  /// (RFC 8314).
  public enum Encryption {
    NONE,
    STARTTLS,
    IMPLICIT
  }

  /// An SMTP server. `trust` decides whose certificates are taken.
  public record Server(
      String host, int port, Encryption tls, SSLContext trust, Optional<Login> login) {}

  /// Who hands in letters.
  public record Login(String user, Secret password) {}

  /// Whether it wants to know.
  boolean wants(Event event) {
    return kinds.contains(event.key().kind())
        && (flows.isEmpty() || event.flows().stream().anyMatch(flows::contains));
  }
}
