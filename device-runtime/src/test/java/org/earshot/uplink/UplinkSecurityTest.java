package org.earshot.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.earshot.outbox.Priority.NORMAL;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.earshot.fixture.MosquittoBroker;
import org.earshot.outbox.Losses;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logins and TLS with a real Mosquitto. */
class UplinkSecurityTest {
  @TempDir private static Path shared;
  private static Certificates certificates;
  private static Certificates.Pair server;
  private static Certificates.Pair device;

  @TempDir private Path scratch;
  private Path brokerFolder;

  @BeforeAll
  static void makeCertificates() throws Exception {
    MosquittoBroker.assumeInstalled();
    certificates = new Certificates(shared.resolve("ours"));
    server = certificates.sign("server", "IP:127.0.0.1");
    device = certificates.sign("device", "DNS:hall");
  }

  @BeforeEach
  void makeFolder() {
    brokerFolder = scratch.resolve("broker");
  }

  private MosquittoBroker tlsBroker(Certificates.Pair identity, String... more) throws IOException {
    String[] options = new String[more.length + 3];
    options[0] = "certfile " + identity.certificate();
    options[1] = "keyfile " + identity.key();
    options[2] = "cafile " + certificates.authority();
    System.arraycopy(more, 0, options, 3, more.length);
    return MosquittoBroker.in(brokerFolder, options);
  }

  private static UplinkSettings tls(MosquittoBroker broker, TlsFiles files) {
    return Device.settings(URI.create("mqtts://127.0.0.1:" + broker.port())).withTls(files);
  }

  private void expectDelivery(UplinkSettings settings) throws Exception {
    try (Device sender = new Device(scratch.resolve("outbox"), settings, new Losses())) {
      sender.putEvent(sender.nextId(), NORMAL, 1);
      sender.putClip(sender.nextId(), NORMAL, 50_000);
      sender.uplink.start();
      sender.heard.await("delivery", () -> sender.outbox.depth() == 0);
      assertThat(sender.heard.problems()).isEmpty();
    }
  }

  private void expectProblem(UplinkSettings settings, String... texts) throws Exception {
    try (Device sender = new Device(scratch.resolve("outbox"), settings, new Losses())) {
      sender.putEvent(sender.nextId(), NORMAL, 1);
      sender.uplink.start();
      for (String text : texts) {
        sender.heard.awaitProblem(text);
      }
      sender.heard.await("further attempts", () -> sender.uplink.counters().failedConnects() >= 3);
      assertThat(sender.heard.problems()).as("told once").hasSize(1);
      assertThat(sender.outbox.depth()).isEqualTo(1);
    }
  }

  @Test
  void aWrongPasswordIsToldAndTriedAgainUntilItIsRight() throws Exception {
    Path passwords = scratch.resolve("passwords");
    Files.writeString(passwords, "");
    MosquittoBroker broker =
        MosquittoBroker.in(brokerFolder, "allow_anonymous false", "password_file " + passwords);
    UplinkSettings settings = Device.settings(broker.uri()).withLogin("hall", "secret");
    try (broker;
        Device sender = new Device(scratch.resolve("outbox"), settings, new Losses())) {
      broker.start();
      sender.putEvent(sender.nextId(), NORMAL, 1);
      sender.uplink.start();
      sender.heard.awaitProblem("REFUSED: the broker " + broker.uri());
      sender.heard.awaitProblem("NOT_AUTHORIZED; check the password of user 'hall'");
      sender.heard.await("further attempts", () -> sender.uplink.counters().failedConnects() >= 3);
      assertThat(sender.heard.problems()).hasSize(1);
      assertThat(sender.heard.problems().toString()).doesNotContain("secret");
      setPassword(passwords, "hall", "secret");
      broker.kill();
      broker.start();
      sender.heard.await("delivery", () -> sender.outbox.depth() == 0);
      assertThat(sender.heard.cleared()).contains(UplinkProblem.REFUSED);
    }
  }

  private static void setPassword(Path file, String user, String password) throws Exception {
    Process process =
        new ProcessBuilder("mosquitto_passwd", "-b", file.toString(), user, password)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void aBrokerThatWantsALoginIsToldSo() throws Exception {
    try (MosquittoBroker broker =
        MosquittoBroker.in(brokerFolder, "allow_anonymous false").start()) {
      expectProblem(Device.settings(broker.uri()), "REFUSED", "set user and password");
    }
  }

  @Test
  void deliversOverTlsToABrokerOfItsAuthority() throws Exception {
    try (MosquittoBroker broker = tlsBroker(server).start()) {
      expectDelivery(tls(broker, TlsFiles.trusting(certificates.authority())));
    }
  }

  @Test
  void aBrokerOfAnotherAuthorityIsRefused() throws Exception {
    Certificates others = new Certificates(scratch.resolve("others"));
    try (MosquittoBroker broker = tlsBroker(server).start()) {
      expectProblem(tls(broker, TlsFiles.trusting(others.authority())), "TLS: no TLS with");
    }
  }

  @Test
  void theSystemsAuthoritiesDoNotKnowATestsBroker() throws Exception {
    try (MosquittoBroker broker = tlsBroker(server).start()) {
      expectProblem(tls(broker, null), "TLS: no TLS with");
    }
  }

  @Test
  void aBrokerOfAnotherNameIsRefused() throws Exception {
    Certificates.Pair other = certificates.sign("other", "DNS:broker.example");
    try (MosquittoBroker broker = tlsBroker(other).start()) {
      expectProblem(
          tls(broker, TlsFiles.trusting(certificates.authority())), "TLS: no TLS with", "name");
    }
  }

  @Test
  void aCertificateIsTheLogin() throws Exception {
    TlsFiles files =
        new TlsFiles(certificates.authority(), device.certificate(), device.key(), null);
    try (MosquittoBroker broker = tlsBroker(server, mutual()).start()) {
      expectDelivery(tls(broker, files));
      assertThat(broker.log()).contains("u'device'");
    }
  }

  @Test
  void aCertificateMayComeFromAPkcs12File() throws Exception {
    Path archive = certificates.archive(device, "hush");
    TlsFiles files = new TlsFiles(certificates.authority(), archive, null, "hush");
    try (MosquittoBroker broker = tlsBroker(server, mutual()).start()) {
      expectDelivery(tls(broker, files));
    }
    TlsFiles wrong = new TlsFiles(certificates.authority(), archive, null, "wrong");
    assertThatThrownBy(() -> TlsMaterial.identity(wrong))
        .hasMessageContaining("pair.p12 cannot be used")
        .hasMessageContaining("password");
  }

  @Test
  void aMissingCertificateIsRefused() throws Exception {
    try (MosquittoBroker broker = tlsBroker(server, mutual()).start();
        Device sender =
            new Device(
                scratch.resolve("outbox"),
                tls(broker, TlsFiles.trusting(certificates.authority())),
                new Losses())) {
      sender.uplink.start();
      sender.heard.await("attempts", () -> sender.uplink.counters().failedConnects() >= 2);
      assertThat(sender.uplink.isConnected()).isFalse();
      assertThat(sender.heard.problems()).isNotEmpty();
    }
  }

  private static String[] mutual() {
    return new String[] {
      "require_certificate true", "use_identity_as_username true", "allow_anonymous false"
    };
  }

  @Test
  void filesThatCannotBeUsedAreNamedWithARemedy() throws Exception {
    Path older = certificates.olderKey(device);
    Path missing = scratch.resolve("missing.pem");
    Path text = Files.writeString(scratch.resolve("text.pem"), "hello");
    assertThatThrownBy(() -> TlsMaterial.trust(TlsFiles.trusting(missing)))
        .hasMessageContaining("missing.pem cannot be used: NoSuchFileException");
    assertThatThrownBy(() -> TlsMaterial.trust(TlsFiles.trusting(text)))
        .hasMessageContaining("text.pem cannot be used");
    assertThatThrownBy(
            () -> TlsMaterial.identity(new TlsFiles(null, device.certificate(), older, null)))
        .hasMessageContaining("openssl pkcs8 -topk8");
    assertThatThrownBy(
            () -> TlsMaterial.identity(new TlsFiles(null, device.certificate(), text, null)))
        .hasMessageContaining("holds no PEM private key");
  }
}
