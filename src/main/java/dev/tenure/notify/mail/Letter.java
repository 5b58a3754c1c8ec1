package dev.tenure.notify.mail;

import dev.tenure.notify.Message;
import dev.tenure.notify.Receiver.Way;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Date;

/// A message as a letter: plain text, and a subject that says what happened and where.
final class Letter {
  private static final int SUBJECT_MAX = 180;

  private Letter() {}

  static MimeMessage of(Session session, Way.Mail to, Message message) throws MessagingException {
    var letter = new Named(session, "<" + message.id() + "@tenure>");
    letter.setFrom(new InternetAddress(to.from(), true));
    for (var address : to.to()) {
      letter.addRecipient(
          jakarta.mail.Message.RecipientType.TO, new InternetAddress(address, true));
    }
    letter.setSubject(subject(message), "UTF-8");
    letter.setSentDate(Date.from(message.at()));
    letter.setHeader("Auto-Submitted", "auto-generated");
    letter.setHeader("X-Tenure-Event", message.type());
    letter.setText(text(message), "UTF-8");
    letter.saveChanges();
    return letter;
  }

  /// One line, whatever a name has in it.
  static String subject(Message message) {
    var over = message.text("state").equals("over") ? "over: " : "";
    var line = ("[Tenure] " + over + message.text("title")).replaceAll("[\\p{Cntrl}\\s]+", " ");
    return line.length() > SUBJECT_MAX ? line.substring(0, SUBJECT_MAX) + "…" : line;
  }

  static String text(Message message) {
    var text = new StringBuilder();
    line(text, "", message.text("title"));
    line(text, "", message.text("text"));
    text.append('\n');
    line(text, "next:  ", message.text("remedy"));
    line(text, "see:   ", message.text("url"));
    line(text, "since: ", message.text("since"));
    line(text, "about: ", message.text("subject"));
    return text.toString();
  }

  private static void line(StringBuilder text, String label, String content) {
    if (!content.isEmpty()) text.append(label).append(content).append('\n');
  }

  /// Keeps its id: who gets it twice sees that it is the same.
  private static final class Named extends MimeMessage {
    private final String name;

    Named(Session session, String name) {
      super(session);
      this.name = name;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", name);
    }
  }
}
