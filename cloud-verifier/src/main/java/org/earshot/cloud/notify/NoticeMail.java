package org.earshot.cloud.notify;

import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.util.Date;
import java.util.Optional;

/**
 * A notice as mail: plain text, HTML, and the clip.
 *
 * <p>The id of the message is a function of event and revision, so that one that was sent twice can
 * be known. Later ones refer to the first that was delivered and have the same subject: mail
 * programs show them as one conversation.
 */
final class NoticeMail extends MimeMessage {
  private final String id;

  private NoticeMail(Session session, String id) {
    super(session);
    this.id = id;
  }

  static NoticeMail of(
      Session session,
      SmtpSettings settings,
      Notice notice,
      String subject,
      Optional<ClipFiles.Attachment> clip)
      throws MessagingException {
    NoticeMail mail = new NoticeMail(session, id(settings, notice, notice.revision()));
    InternetAddress from = SmtpSettings.address(settings.from());
    mail.setFrom(from);
    for (String to : settings.to()) {
      mail.addRecipient(Message.RecipientType.TO, SmtpSettings.address(to));
    }
    mail.setSentDate(Date.from(notice.at()));
    boolean update = notice.firstRevision() > 0;
    mail.setSubject(update ? "Re: " + subject : subject, "UTF-8");
    if (update) {
      String first = id(settings, notice, notice.firstRevision());
      mail.setHeader("In-Reply-To", first);
      mail.setHeader("References", first);
    }
    mail.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: no vacation notices, please
    if (notice.lifeSafety() && notice.standing() != Standing.REJECTED) {
      mail.setHeader("Importance", "high");
      mail.setHeader("X-Priority", "1");
    }
    mail.setContent(body(notice, clip));
    mail.saveChanges();
    return mail;
  }

  /** Returns the id of a revision's mail. */
  static String id(SmtpSettings settings, Notice notice, int revision) {
    String from = SmtpSettings.address(settings.from()).getAddress();
    String domain = from.substring(from.lastIndexOf('@') + 1);
    return "<earshot."
        + notice.key().site()
        + "."
        + notice.key().id()
        + "."
        + settings.name()
        + "."
        + revision
        + "@"
        + domain
        + ">";
  }

  private static MimeMultipart body(Notice notice, Optional<ClipFiles.Attachment> clip)
      throws MessagingException {
    MimeBodyPart plain = new MimeBodyPart();
    plain.setText(notice.text(), "UTF-8");
    MimeBodyPart html = new MimeBodyPart();
    html.setText(html(notice), "UTF-8", "html");
    MimeMultipart both = new MimeMultipart("alternative", plain, html);
    if (clip.isEmpty()) {
      return both;
    }
    MimeBodyPart text = new MimeBodyPart();
    text.setContent(both);
    MimeBodyPart sound = new MimeBodyPart();
    sound.setDataHandler(
        new DataHandler(new ByteArrayDataSource(clip.get().bytes(), clip.get().type())));
    sound.setFileName(clip.get().name());
    sound.setDisposition(MimeBodyPart.ATTACHMENT);
    return new MimeMultipart("mixed", text, sound);
  }

  private static String html(Notice notice) {
    String line = notice.text();
    String link = notice.link() == null ? "" : notice.link().toString();
    String anchor = "";
    if (!link.isEmpty() && line.endsWith(link)) {
      String invitation = Wording.invitation(notice.message());
      line = line.substring(0, line.length() - link.length() - invitation.length() - 2).strip();
      anchor = "<p><a href=\"" + escaped(link) + "\">" + invitation + "</a></p>";
    }
    return "<!DOCTYPE html><html lang=\"en\"><body><p>"
        + escaped(line)
        + "</p>"
        + anchor
        + "</body></html>";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", id);
  }
}
