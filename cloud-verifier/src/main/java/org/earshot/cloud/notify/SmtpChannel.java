package org.earshot.cloud.notify;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;
import org.earshot.cloud.store.ClipStore;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/**
 * Sends each notice as mail, all of an event in one conversation, the clip attached.
 *
 * <p>Mail cannot be withdrawn: nothing is sent then. When the server refuses some of the recipients
 * the others have got it, and it counts as delivered. One connection a mail. Thread-safe.
 */
public final class SmtpChannel implements Channel {
  private static final int PERMANENT = 500; // replies from here on are final (RFC 5321, 4.2.1)

  private final SmtpSettings settings;
  private final Secret password;
  private final Wording wording;
  private final ClipFiles clips;
  private final Session session;

  /**
   * Makes a channel.
   *
   * @param password null when it does not sign in
   */
  public SmtpChannel(SmtpSettings settings, Secret password, Wording wording, ClipStore clips) {
    this(settings, password, wording, clips, null);
  }

  /** Makes one that trusts what this factory trusts; null for what Java trusts. */
  SmtpChannel(
      SmtpSettings settings,
      Secret password,
      Wording wording,
      ClipStore clips,
      SSLSocketFactory tls) {
    if (settings.user().isEmpty() != (password == null)) {
      throw new IllegalArgumentException("mail: a user needs a password, and the other way round");
    }
    this.settings = settings;
    this.password = password;
    this.wording = wording;
    this.clips = new ClipFiles(clips);
    Properties properties = properties(settings);
    if (tls != null) {
      properties.put("mail." + protocol(settings) + ".ssl.socketFactory", tls);
    }
    session = Session.getInstance(properties);
  }

  private static Properties properties(SmtpSettings settings) {
    String protocol = protocol(settings);
    String prefix = "mail." + protocol + ".";
    String millis = Long.toString(settings.patience().toMillis());
    Properties properties = new Properties();
    properties.setProperty("mail.transport.protocol", protocol);
    properties.setProperty(prefix + "host", settings.host());
    properties.setProperty(prefix + "port", Integer.toString(settings.port()));
    properties.setProperty(prefix + "connectiontimeout", millis);
    properties.setProperty(prefix + "timeout", millis);
    properties.setProperty(prefix + "writetimeout", millis);
    properties.setProperty(prefix + "auth", Boolean.toString(!settings.user().isEmpty()));
    properties.setProperty(prefix + "ssl.checkserveridentity", "true");
    properties.setProperty(prefix + "sendpartial", "true");
    if (settings.security() == SmtpSettings.Security.STARTTLS) {
      properties.setProperty(prefix + "starttls.enable", "true");
      properties.setProperty(prefix + "starttls.required", "true");
    }
    return properties;
  }

  private static String protocol(SmtpSettings settings) {
    return settings.security() == SmtpSettings.Security.TLS ? "smtps" : "smtp";
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public Delivery deliver(Notice notice) {
    if (notice.stage() == Stage.WITHDRAWN) {
      return Delivery.delivered();
    }
    Optional<ClipFiles.Attachment> clip =
        settings.clip() ? clips.attachment(notice) : Optional.empty();
    // the same for every mail of the event, whenever it is sent
    String subject =
        wording.title(notice.message())
            + ", "
            + wording.time(notice.message(), notice.message().onset());
    try (Transport transport = session.getTransport(protocol(settings))) {
      NoticeMail mail = NoticeMail.of(session, settings, notice, subject, clip);
      if (password == null) {
        transport.connect();
      } else {
        transport.connect(settings.user(), password.reveal());
      }
      transport.sendMessage(mail, mail.getAllRecipients());
      return Delivery.delivered();
    } catch (AuthenticationFailedException e) {
      return Delivery.tryAgain(settings.host() + " refuses the login; check user and password");
    } catch (SendFailedException e) {
      return failed(e);
    } catch (MessagingException e) {
      return Delivery.tryAgain(settings.host() + ": " + text(e));
    }
  }

  private Delivery failed(SendFailedException failure) {
    if (failure.getValidSentAddresses() != null && failure.getValidSentAddresses().length > 0) {
      return Delivery.delivered();
    }
    int least = Integer.MAX_VALUE;
    Exception next = failure;
    while (next instanceof MessagingException messaging) { // one for each recipient
      least = Math.min(least, reply(messaging));
      next = messaging.getNextException();
    }
    String reason = settings.host() + ": " + text(failure);
    return least >= PERMANENT && least < Integer.MAX_VALUE
        ? Delivery.refused(reason)
        : Delivery.tryAgain(reason);
  }

  /** The server's reply; the greatest number when it said none. */
  private static int reply(MessagingException failure) {
    if (failure instanceof SMTPAddressFailedException address) {
      return address.getReturnCode();
    }
    if (failure instanceof SMTPSenderFailedException sender) {
      return sender.getReturnCode();
    }
    return failure instanceof SMTPSendFailedException send
        ? send.getReturnCode()
        : Integer.MAX_VALUE;
  }

  private static String text(Exception failure) {
    String message = failure.getMessage();
    return message == null
        ? failure.getClass().getSimpleName()
        : message.lines().findFirst().orElse("").strip();
  }
}
