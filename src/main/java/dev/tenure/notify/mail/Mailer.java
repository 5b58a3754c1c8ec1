package dev.tenure.notify.mail;

import dev.tenure.notify.Answer;
import dev.tenure.notify.Message;
import dev.tenure.notify.Messenger;
import dev.tenure.notify.Receiver.Login;
import dev.tenure.notify.Receiver.Server;
import dev.tenure.notify.Receiver.Way;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends letters, each over a connection of its own.
public final class Mailer {
  private static final Logger LOG = LoggerFactory.getLogger(Mailer.class);
  private static final int PERMANENT = 500;
  private static final int WORDS_MAX = 200;
  private static final String CONNECT_MILLIS = "10000";
  private static final String ANSWER_MILLIS = "15000";

  /// Stops after [Messenger#LONGEST], whatever the server does: reading from it ends when the
  /// thread is interrupted.
  public Answer send(Way.Mail to, Message message) {
    var work = new FutureTask<>(() -> handIn(to, message));
    var thread = Thread.ofVirtual().name("mail").start(work);
    try {
      return work.get(Messenger.LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      thread.interrupt();
      return later("no answer within " + Messenger.LONGEST.toSeconds() + " s");
    } catch (InterruptedException _) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      return later("stopped while waiting for the answer");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private static Answer later(String words) {
    return new Answer.Later(words, Optional.empty());
  }

  private static Answer handIn(Way.Mail to, Message message) {
    try {
      var session = Session.getInstance(properties(to.server()));
      var letter = Letter.of(session, to, message);
      return handIn(session, to, letter);
    } catch (AuthenticationFailedException e) {
      return later("the server refuses user or password: " + words(e));
    } catch (SendFailedException e) {
      return failed(e);
    } catch (MessagingException e) {
      return later(words(e));
    }
  }

  private static Answer handIn(Session session, Way.Mail to, MimeMessage letter)
      throws MessagingException {
    var server = to.server();
    var transport = session.getTransport("smtp");
    try {
      var user = server.login().map(Login::user).orElse(null);
      var password = server.login().map(l -> l.password().reveal()).orElse(null);
      transport.connect(server.host(), server.port(), user, password);
      transport.sendMessage(letter, letter.getAllRecipients());
      return new Answer.Taken("taken by " + server.host());
    } finally {
      close(transport);
    }
  }

  /// What was taken stays taken, however the connection ends.
  private static void close(Transport transport) {
    try {
      transport.close();
    } catch (MessagingException e) {
      LOG.debug("the connection to the mail server did not end well", e);
    }
  }

  /// Who has it must not get it again because of the others.
  private static Answer failed(SendFailedException e) {
    var sent = e.getValidSentAddresses();
    if (sent != null && sent.length > 0) {
      return new Answer.Taken("taken for " + sent.length + " recipients, refused for others");
    }
    return status(e) >= PERMANENT ? new Answer.Refused(words(e)) : later(words(e));
  }

  /// The first answer of the server in the chain of what went wrong; 0 where there is none.
  private static int status(MessagingException e) {
    Exception one = e;
    while (one != null) {
      if (one instanceof SMTPAddressFailedException address) return address.getReturnCode();
      if (one instanceof SMTPSendFailedException send && send.getReturnCode() >= PERMANENT) {
        return send.getReturnCode();
      }
      one = one instanceof MessagingException m ? m.getNextException() : null;
    }
    return 0;
  }

  private static Properties properties(Server server) {
    var properties = new Properties();
    properties.put("mail.smtp.connectiontimeout", CONNECT_MILLIS);
    properties.put("mail.smtp.timeout", ANSWER_MILLIS);
    properties.put("mail.smtp.writetimeout", ANSWER_MILLIS);
    properties.put("mail.smtp.sendpartial", "true");
    properties.put("mail.smtp.auth", Boolean.toString(server.login().isPresent()));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.ssl.socketFactory", server.trust().getSocketFactory());
    switch (server.tls()) {
      case NONE -> properties.put("mail.smtp.starttls.enable", "false");
      case STARTTLS -> {
        properties.put("mail.smtp.starttls.enable", "true");
        properties.put("mail.smtp.starttls.required", "true");
      }
      case IMPLICIT -> properties.put("mail.smtp.ssl.enable", "true");
    }
    return properties;
  }

  /// One line, without what could be long or damage a terminal.
  private static String words(Exception e) {
    var text = String.valueOf(e.getMessage()).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return text.length() > WORDS_MAX ? text.substring(0, WORDS_MAX) + "…" : text;
  }
}
