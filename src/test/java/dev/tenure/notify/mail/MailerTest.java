package dev.tenure.notify.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.tenure.config.Secret;
import dev.tenure.notify.Answer;
import dev.tenure.notify.Message;
import dev.tenure.notify.Receiver.Encryption;
import dev.tenure.notify.Receiver.Login;
import dev.tenure.notify.Receiver.Server;
import dev.tenure.notify.Receiver.Way;
import dev.tenure.remote.Trust;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

/// Letters, handed to real SMTP servers: one that takes them, one that speaks TLS, and one that
/// answers what the test says.
class MailerTest {
  private static final String PASSWORD = "the-password-of-tenure";
  private static final String ADDRESS = "127.0.0.1";

  @TempDir Path folder;

  private final Mailer mailer = new Mailer();

  private static Message message(String title) {
    var content = JsonNodeFactory.instance.objectNode().put("state", "begun").put("title", title);
    content.put("text", "").put("remedy", "tenure show people 7");
    content.put("url", "https://tenure.example.com/console/plans/people/7");
    content.put("since", "2026-11-24T08:00:00Z").put("subject", "flow/people/x");
    return new Message("0f3c", "plan-held", Instant.parse("2026-11-24T08:00:00Z"), content);
  }

  private static Server server(int port, Encryption tls, Optional<Path> trust) {
    return new Server(ADDRESS, port, tls, Trust.context(trust), Optional.empty());
  }

  private Answer send(Server server, String... to) {
    return send(server, message("people: 3 changes are held"), to);
  }

  private Answer send(Server server, Message message, String... to) {
    return mailer.send(new Way.Mail(server, "tenure@example.com", List.of(to)), message);
  }

  private static GreenMail mailServer(String protocol) {
    var mail = new GreenMail(new ServerSetup(0, ADDRESS, protocol));
    mail.start();
    return mail;
  }

  @Test
  void aLetterSaysWhatHappenedAndWhatToDo() throws MessagingException, IOException {
    var mail = mailServer(ServerSetup.PROTOCOL_SMTP);
    try {
      var server = server(mail.getSmtp().getPort(), Encryption.NONE, Optional.empty());
      assertThat(send(server, "ops@example.com", "duty@example.com"))
          .isEqualTo(new Answer.Taken("taken by " + ADDRESS));
      var letters = mail.getReceivedMessages();
      assertThat(letters).hasSize(2);
      var letter = letters[0];
      assertThat(letter.getSubject()).isEqualTo("[Tenure] people: 3 changes are held");
      assertThat(letter.getFrom())
          .extracting(Object::toString)
          .containsExactly("tenure@example.com");
      assertThat(letter.getAllRecipients())
          .extracting(Object::toString)
          .containsExactly("ops@example.com", "duty@example.com");
      assertThat(letter.getHeader("Message-ID")).containsExactly("<0f3c@tenure>");
      assertThat(letter.getHeader("Auto-Submitted")).containsExactly("auto-generated");
      assertThat(letter.getContentType()).startsWith("text/plain");
      assertThat(letter.getContent().toString().lines().map(String::strip).toList())
          .containsExactly(
              "people: 3 changes are held",
              "",
              "next:  tenure show people 7",
              "see:   https://tenure.example.com/console/plans/people/7",
              "since: 2026-11-24T08:00:00Z",
              "about: flow/people/x");
    } finally {
      mail.stop();
    }
  }

  @Test
  void nothingInANameBecomesAnotherHeaderField() throws MessagingException {
    var mail = mailServer(ServerSetup.PROTOCOL_SMTP);
    try {
      var server = server(mail.getSmtp().getPort(), Encryption.NONE, Optional.empty());
      var title =
          "people\r\nBcc: everybody@example.com\r\n\r\n.\r\nä\u2028x\u0000" + "y".repeat(500);
      assertThat(send(server, message(title), "ops@example.com")).isInstanceOf(Answer.Taken.class);
      var letters = mail.getReceivedMessages();
      assertThat(letters).hasSize(1);
      assertThat(letters[0].getSubject())
          .startsWith("[Tenure] people Bcc: everybody@example.com . ä")
          .endsWith("…")
          .doesNotContain("\n", "\r");
      assertThat(letters[0].getHeader("Bcc")).isNull();
      assertThat(letters[0].getAllRecipients()).hasSize(1);
    } finally {
      mail.stop();
    }
  }

  @Test
  void aWrongPasswordIsTriedLaterAndNotShown() {
    var mail = mailServer(ServerSetup.PROTOCOL_SMTP);
    try {
      mail.setUser("tenure", "another");
      var login = Optional.of(new Login("tenure", new Secret(PASSWORD)));
      var server =
          new Server(
              ADDRESS,
              mail.getSmtp().getPort(),
              Encryption.NONE,
              Trust.context(Optional.empty()),
              login);
      var answer = send(server, "ops@example.com");
      assertThat(answer).isInstanceOf(Answer.Later.class);
      assertThat(answer.words())
          .startsWith("the server refuses user or password")
          .doesNotContain(PASSWORD);
      mail.setUser("tenure", PASSWORD);
      assertThat(send(server, "ops@example.com")).isInstanceOf(Answer.Taken.class);
    } finally {
      mail.stop();
    }
  }

  /// A key and a certificate for 127.0.0.1, as GreenMail wants them; gives the certificate.
  private Path certificate() throws IOException, InterruptedException, GeneralSecurityException {
    var store = folder.resolve("server.p12");
    var line =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair -alias server -keyalg EC -dname CN=localhost -ext SAN=ip:127.0.0.1"
                + " -storetype PKCS12 -storepass changeit -validity 2 -keystore",
            store.toString());
    var words = new java.util.ArrayList<String>();
    words.add(line.getFirst());
    words.addAll(List.of(line.get(1).split(" ", -1)));
    words.add(line.getLast());
    var process = new ProcessBuilder(words).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    assertThat(process.waitFor()).isZero();
    System.setProperty("greenmail.tls.keystore.file", store.toString());
    System.setProperty("greenmail.tls.keystore.password", "changeit");
    var keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
    var text = Base64.getMimeEncoder().encodeToString(keys.getCertificate("server").getEncoded());
    return Files.writeString(
        folder.resolve("ca.pem"),
        "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n");
  }

  @Test
  void onlyATrustedServerIsTold() throws Exception {
    var ca = certificate();
    var mail = mailServer(ServerSetup.PROTOCOL_SMTPS);
    try {
      int port = mail.getSmtps().getPort();
      var answer = send(server(port, Encryption.IMPLICIT, Optional.empty()), "ops@example.com");
      assertThat(answer).isInstanceOf(Answer.Later.class);
      assertThat(mail.getReceivedMessages()).isEmpty();
      assertThat(send(server(port, Encryption.IMPLICIT, Optional.of(ca)), "ops@example.com"))
          .isInstanceOf(Answer.Taken.class);
      assertThat(mail.getReceivedMessages()).hasSize(1);
    } finally {
      mail.stop();
    }
  }

  @Test
  void nothingIsSaidInClearWhereEncryptionIsWanted() {
    try (var smtp = new ScriptedSmtp(_ -> "")) {
      var answer =
          send(server(smtp.port(), Encryption.STARTTLS, Optional.empty()), "ops@example.com");
      assertThat(answer).isInstanceOf(Answer.Later.class);
      assertThat(answer.words()).contains("STARTTLS");
      assertThat(smtp.commands()).noneMatch(c -> c.startsWith("MAIL") || c.startsWith("AUTH"));
    }
  }

  private Answer told(String command, String reply, String... to) {
    try (var smtp = new ScriptedSmtp(line -> line.matches(command + ".*") ? reply : "")) {
      return send(server(smtp.port(), Encryption.NONE, Optional.empty()), to);
    }
  }

  @Test
  void answersAreTold() {
    assertThat(told("RCPT", "550 no such user", "a@example.com"))
        .isInstanceOf(Answer.Refused.class);
    assertThat(told("RCPT", "451 come later", "a@example.com")).isInstanceOf(Answer.Later.class);
    assertThat(told("MAIL", "552 full", "a@example.com")).isInstanceOf(Answer.Refused.class);
    assertThat(told("DATA", "452 full", "a@example.com")).isInstanceOf(Answer.Later.class);
    assertThat(told("\\.", "554 no", "a@example.com")).isInstanceOf(Answer.Refused.class);
    assertThat(told("(EHLO|HELO)", "421 not now", "a@example.com"))
        .isInstanceOf(Answer.Later.class);
    assertThat(told("QUIT", "500 what", "a@example.com")).isInstanceOf(Answer.Taken.class);
    assertThat(told("RCPT TO:<b", "550 no such user", "a@example.com", "b@example.com"))
        .isEqualTo(new Answer.Taken("taken for 1 recipients, refused for others"));
  }

  @Test
  void noServerIsTriedLater() {
    int port;
    try (var smtp = new ScriptedSmtp(_ -> "")) {
      port = smtp.port();
    }
    assertThat(send(server(port, Encryption.NONE, Optional.empty()), "ops@example.com"))
        .isInstanceOf(Answer.Later.class);
  }
}
