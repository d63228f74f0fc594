package org.earshot.cloud.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.earshot.cloud.store.ClipStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SmtpChannelTest {
  @TempDir Path folder;
  private GreenMail server;

  @BeforeEach
  void start() {
    server =
        new GreenMail(
            new ServerSetup[] {
              new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
              new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS)
            });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private static SmtpSettings settings(int port, SmtpSettings.Security security, String user) {
    return new SmtpSettings(
        "mail",
        "127.0.0.1",
        port,
        security,
        user,
        "Earshot <earshot@example.org>",
        List.of("anna@example.org", "bert@example.org"),
        true,
        Duration.ofSeconds(10));
  }

  private SmtpChannel channel(ClipStore clips) {
    return new SmtpChannel(
        settings(server.getSmtp().getPort(), SmtpSettings.Security.NONE, ""),
        null,
        Notices.WORDING,
        clips);
  }

  private SmtpChannel channel(int port, SmtpSettings.Security security) {
    return new SmtpChannel(
        settings(port, security, ""), null, Notices.WORDING, Clips.empty(folder));
  }

  private MimeMessage received(int index) {
    return server.getReceivedMessages()[index]; // first all of one recipient
  }

  @Test
  void sendsTextHtmlAndTheClipAsWav() throws Exception {
    assertThat(channel(Clips.with(folder, Clips.FLAC)).deliver(Notices.first("smoke_alarm")))
        .isEqualTo(Delivery.delivered());

    MimeMessage mail = received(0);
    assertThat(mail.getSubject()).isEqualTo("Smoke alarm, hall, 03:12");
    assertThat(mail.getFrom()[0]).hasToString("Earshot <earshot@example.org>");
    assertThat(mail.getRecipients(Message.RecipientType.TO))
        .extracting(Object::toString)
        .containsExactly("anna@example.org", "bert@example.org");
    assertThat(mail.getHeader("Importance")).containsExactly("high");
    assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    MimeMultipart parts = (MimeMultipart) mail.getContent();
    MimeMultipart texts = (MimeMultipart) parts.getBodyPart(0).getContent();
    assertThat(texts.getContentType()).startsWith("multipart/alternative");
    assertThat(texts.getBodyPart(0).getContent().toString().strip())
        .isEqualTo(
            "Smoke alarm, hall, 03:12. Not yet verified. Listen:"
                + " https://earshot.example/events/home/01KG8NM3F00123456789ABCDEF");
    assertThat(texts.getBodyPart(1).getContentType()).startsWith("text/html");
    assertThat(texts.getBodyPart(1).getContent().toString())
        .contains("<p>Smoke alarm, hall, 03:12. Not yet verified.</p>")
        .contains(
            "<a href=\"https://earshot.example/events/home/01KG8NM3F00123456789ABCDEF\">Listen</a>");
    assertThat(parts.getBodyPart(1).getFileName())
        .isEqualTo("smoke_alarm-01KG8NM3F00123456789ABCDEF.wav");
    assertThat(parts.getBodyPart(1).getContentType()).startsWith("audio/wav");
    assertThat(parts.getBodyPart(1).getInputStream().readAllBytes())
        .hasSize(44 + 2 * Clips.SAMPLES);
  }

  @Test
  void anUpdateAnswersTheFirstMailInTheSameConversation() throws Exception {
    SmtpChannel channel = channel(Clips.empty(folder));
    channel.deliver(Notices.first("smoke_alarm"));
    channel.deliver(Notices.update("smoke_alarm", Standing.REJECTED, 0.08));

    String first = received(0).getMessageID();
    assertThat(first).isEqualTo("<earshot.home.01KG8NM3F00123456789ABCDEF.mail.1@example.org>");
    assertThat(received(0).getHeader("References")).isNull();
    assertThat(received(1).getMessageID()).isNotEqualTo(first);
    assertThat(received(1).getHeader("In-Reply-To")).containsExactly(first);
    assertThat(received(1).getHeader("References")).containsExactly(first);
    assertThat(received(1).getSubject()).isEqualTo("Re: Smoke alarm, hall, 03:12");
    assertThat(received(1).getHeader("Importance")).isNull();
    assertThat(GreenMailUtil.getBody(received(1))).contains("Probably not (0.08).");
  }

  @Test
  void theSameNoticeHasTheSameIdWheneverItIsSent() throws Exception {
    SmtpChannel channel = channel(Clips.empty(folder));
    channel.deliver(Notices.first("smoke_alarm"));
    channel.deliver(Notices.first("smoke_alarm"));

    assertThat(received(1).getMessageID()).isEqualTo(received(0).getMessageID());
  }

  @Test
  void aWithdrawalSendsNothing() {
    assertThat(channel(Clips.empty(folder)).deliver(Notices.withdrawal()))
        .isEqualTo(Delivery.delivered());
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void signsInAndTriesAgainWhenItMayNot() {
    server.setUser("anna@example.org", "anna", "right");
    server.getUserManager().setAuthRequired(true);
    SmtpSettings settings =
        settings(server.getSmtp().getPort(), SmtpSettings.Security.NONE, "anna");

    assertThat(
            new SmtpChannel(settings, Secret.of("right"), Notices.WORDING, Clips.empty(folder))
                .deliver(Notices.first("smoke_alarm")))
        .isEqualTo(Delivery.delivered());
    assertThat(
            new SmtpChannel(settings, Secret.of("wrong"), Notices.WORDING, Clips.empty(folder))
                .deliver(Notices.first("smoke_alarm")))
        .isEqualTo(Delivery.tryAgain("127.0.0.1 refuses the login; check user and password"));
  }

  @Test
  void aServerThatNobodyVouchesForGetsNothing() {
    Delivery delivery =
        channel(server.getSmtps().getPort(), SmtpSettings.Security.TLS)
            .deliver(Notices.first("smoke_alarm"));

    assertThat(delivery).isInstanceOf(Delivery.TryAgain.class);
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"TLS", "STARTTLS"})
  void mailGoesEncryptedToAServerThatIsVouchedFor(SmtpSettings.Security security) throws Exception {
    SSLContext tls = SelfSigned.of(folder, "ip:127.0.0.1");
    boolean fromTheStart = security == SmtpSettings.Security.TLS;
    try (ScriptedMailServer secure =
        new ScriptedMailServer(tls, fromTheStart, "250 fine", "250 fine")) {
      SmtpChannel channel =
          new SmtpChannel(
              settings(secure.port(), security, ""),
              null,
              Notices.WORDING,
              Clips.empty(folder),
              tls.getSocketFactory());

      assertThat(channel.deliver(Notices.first("smoke_alarm"))).isEqualTo(Delivery.delivered());
      assertThat(secure.heardInSecret())
          .contains("Subject: Smoke alarm, hall, 03:12", "RCPT TO:<anna@example.org>");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TLS", "STARTTLS"})
  void aCertificateOfAnotherNameIsNotTaken(SmtpSettings.Security security) throws Exception {
    SSLContext tls = SelfSigned.of(folder, "dns:mail.example.org");
    boolean fromTheStart = security == SmtpSettings.Security.TLS;
    try (ScriptedMailServer other =
        new ScriptedMailServer(tls, fromTheStart, "250 fine", "250 fine")) {
      SmtpChannel channel =
          new SmtpChannel(
              settings(other.port(), security, ""),
              null,
              Notices.WORDING,
              Clips.empty(folder),
              tls.getSocketFactory());

      assertThat(channel.deliver(Notices.first("smoke_alarm")))
          .isInstanceOf(Delivery.TryAgain.class);
      assertThat(other.heardInSecret()).noneMatch(line -> line.startsWith("RCPT"));
    }
  }

  @Test
  void aServerWithoutStarttlsGetsNothingWhereThatIsAsked() throws Exception {
    try (ScriptedMailServer plain = new ScriptedMailServer()) {
      Delivery delivery =
          channel(plain.port(), SmtpSettings.Security.STARTTLS)
              .deliver(Notices.first("smoke_alarm"));

      assertThat(delivery).isInstanceOf(Delivery.TryAgain.class);
      assertThat(((Delivery.TryAgain) delivery).reason()).contains("STARTTLS");
    }
  }

  @Test
  void itIsRefusedWhenEveryRecipientIs() throws Exception {
    try (ScriptedMailServer strict = new ScriptedMailServer("550 unknown", "553 unknown")) {
      assertThat(
              channel(strict.port(), SmtpSettings.Security.NONE)
                  .deliver(Notices.first("smoke_alarm")))
          .isInstanceOf(Delivery.Refused.class);
    }
  }

  @Test
  void itIsTriedAgainWhenARecipientMayBeReachedLater() throws Exception {
    try (ScriptedMailServer strict = new ScriptedMailServer("550 unknown", "450 busy")) {
      assertThat(
              channel(strict.port(), SmtpSettings.Security.NONE)
                  .deliver(Notices.first("smoke_alarm")))
          .isInstanceOf(Delivery.TryAgain.class);
    }
  }

  @Test
  void itIsDeliveredWhenOneRecipientHasIt() throws Exception {
    try (ScriptedMailServer strict = new ScriptedMailServer("550 unknown", "250 fine")) {
      assertThat(
              channel(strict.port(), SmtpSettings.Security.NONE)
                  .deliver(Notices.first("smoke_alarm")))
          .isEqualTo(Delivery.delivered());
    }
  }

  @Test
  void withoutAServerItIsTriedAgain() {
    SmtpChannel channel = channel(Clips.empty(folder));
    server.stop();
    assertThat(channel.deliver(Notices.first("smoke_alarm"))).isInstanceOf(Delivery.TryAgain.class);
  }

  @Test
  void refusesSettingsThatWouldShowTheMailOrReachNobody() {
    assertThatThrownBy(
            () ->
                new SmtpSettings(
                    "mail",
                    "mail.example.org",
                    25,
                    SmtpSettings.Security.NONE,
                    "",
                    "a@example.org",
                    List.of("b@example.org"),
                    true,
                    Duration.ofSeconds(10)))
        .hasMessageContaining("without encryption");
    assertThatThrownBy(
            () ->
                new SmtpSettings(
                    "mail",
                    "mail.example.org",
                    465,
                    SmtpSettings.Security.TLS,
                    "",
                    "a@example.org\r\nBcc: c@example.org",
                    List.of("b@example.org"),
                    true,
                    Duration.ofSeconds(10)))
        .hasMessageContaining("mail address");
  }
}
