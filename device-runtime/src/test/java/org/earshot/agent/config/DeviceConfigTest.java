package org.earshot.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.earshot.agent.listen.BrokerSetup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceConfigTest {
  private static final Path SHIPPED = Path.of("..", "packaging", "earshot.toml");

  @TempDir private Path folder;

  private static DeviceConfig parse(String toml) throws ConfigException {
    return DeviceConfig.parse("earshot.toml", toml);
  }

  @Test
  void anEmptyFileIsAConfiguration() throws ConfigException {
    DeviceConfig config = parse("");

    assertThat(config).isEqualTo(DeviceConfig.standard());
    assertThat(config.broker()).isNull();
    assertThat(config.microphones()).containsExactly(MicrophoneConfig.standard());
    assertThat(config.guard().always()).containsExactlyInAnyOrder("smoke_alarm", "co_alarm");
    assertThat(config.live().enabled()).isFalse();
  }

  @Test
  void theShippedFileSaysNothingButTheDefaults() throws IOException {
    assertThat(DeviceConfig.read(SHIPPED)).isEqualTo(DeviceConfig.standard());
  }

  /** Uncommenting any line of the shipped file must not be a mistake. */
  @Test
  void everyLineOfTheShippedFileIsUnderstood() throws IOException {
    String toml = Files.readString(SHIPPED).replaceAll("(?m)^#(?=[\\[a-z_.]+( = .*|\\]*$))", "");
    DeviceConfig config = parse(toml);

    assertThat(config.microphones().get(0).device()).isEqualTo("hw:1");
    assertThat(config.broker().tls()).isTrue();
    assertThat(config.broker().port()).isEqualTo(8883);
    assertThat(config.trustedKeys()).containsExactly(Path.of("/etc/earshot/heads.pub"));
    assertThat(config.guard().schedule()).containsExactly("night 22:30-06:30 Mon-Sun");
    assertThat(config.sensitivity()).isEqualTo(Map.of("all", 50, "dog_bark", 30));
    assertThat(config.hook()).containsExactly("/usr/local/bin/on-alert");
    assertThat(config.siren().events()).containsExactly("smoke_alarm");
    assertThat(config.clip()).isEqualTo(DeviceConfig.standard().clip());
    assertThat(config.healthPort()).isEqualTo(DeviceConfig.standard().healthPort());
  }

  @Test
  void severalMicrophonesHaveNamesOfTheirOwn() throws ConfigException {
    DeviceConfig config =
        parse(
            "[[microphone]]\nname='hall'\n"
                + "[[microphone]]\nname='yard'\nsource='ffmpeg'\ndevice='rtsp://yard/1'\n");
    assertThat(config.microphones())
        .containsExactly(
            new MicrophoneConfig("hall", MicrophoneConfig.Source.JAVA, null),
            new MicrophoneConfig("yard", MicrophoneConfig.Source.FFMPEG, "rtsp://yard/1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[broker]\\nurl='http://x'|broker.url|mqtt://HOST",
        "[broker]\\nurl='mqtt://x/topic'|broker.url|mqtt://HOST",
        "[broker]\\nurl='mqtt://x'\\nauthority='ca.pem'|broker.url|mqtts://",
        "[broker]\\nurl='mqtts://x'\\nkey='k.pem'|broker.certificate|both",
        "[broker]\\nuser=5|broker.user|text in quotes",
        "[broker]\\nunheard_minutes=-1|broker.unheard_minutes|0 to 10080",
        "[device]\\nsite='a/b'|device.site|small letters",
        "[device]\\nsite=''|device.site|text in quotes",
        "[health]\\nport=70000|health.port|0 to 65535",
        "[health]\\nport='1'|health.port|whole number",
        "[clip]\\nseconds=1|clip.seconds|from 4.0 to 60.0",
        "[clip]\\npre_roll_seconds=9\\nseconds=8|clip.seconds|pre_roll_seconds",
        "[clip]\\nsecond=9|clip.second |seconds",
        "[sensitivity]\\ndog_bark=101|sensitivity.dog_bark|0 to 100",
        "[guard]\\nmode='party'|guard.mode|disarmed",
        "[guard.events]\\nparty=[]|guard.events|disarmed",
        "[guard.events]\\naway='siren'|guard.events.away|list of texts",
        "[[microphone]]\\nsource='tape'|microphone[0].source|arecord",
        "[[microphone]]\\nsource='ffmpeg'|microphone[0].device|rtsp",
        "[[microphone]]\\nx=1|microphone[0].x|device, name, source",
        "[[microphone]]\\n[[microphone]]|microphone[1].name|another name",
        "[microphone]\\nname='hall'|microphone|[[microphone]]",
        "broker='mqtt://x'|broker|[broker]",
        "[brokers]|brokers|broker",
        "[broker|line 1 is not TOML|earshot.toml",
        "[device]\\nsite='a'\\nname = = 1\\n[broker]|line 3 is not TOML|earshot.toml"
      })
  void aMistakeIsNamedWithWhatToWrite(String toml, String key, String wanted) {
    assertThatThrownBy(() -> parse(toml.replace("\\n", "\n")))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("earshot.toml: ")
        .hasMessageContaining(key)
        .hasMessageContaining(wanted);
  }

  @Test
  void eventsThatTheModelLacksAreNamed() throws ConfigException {
    DeviceConfig config = parse("[sensitivity]\nall=40\ncat=50\n");
    assertThatThrownBy(
            () -> config.checkEvents(Set.of("smoke_alarm", "co_alarm", "footsteps", "door_close")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'cat'")
        .hasMessageContaining("smoke_alarm");
  }

  @Test
  void bytesThatAreNoTextAreRefused() throws IOException {
    Path file = folder.resolve("earshot.toml");
    Files.write(file, new byte[] {'a', '=', '\'', (byte) 0xff, '\''});
    assertThatThrownBy(() -> DeviceConfig.read(file))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("UTF-8");
  }

  /** Broken files give a {@link ConfigException} or a configuration, never anything else. */
  @Test
  void brokenFilesNeverGiveAnythingElse() throws IOException {
    String shipped = Files.readString(SHIPPED).replace("#", "");
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      StringBuilder toml = new StringBuilder(shipped);
      for (int edits = random.nextInt(1, 4); edits > 0 && toml.length() > 0; edits--) {
        int at = random.nextInt(toml.length());
        switch (random.nextInt(3)) {
          case 0 -> toml.setCharAt(at, (char) random.nextInt(32, 127));
          case 1 -> toml.deleteCharAt(at);
          default -> toml.setLength(at + 1);
        }
      }
      try {
        parse(toml.toString());
      } catch (ConfigException e) {
        assertThat(e).as("seed %d", seed).hasMessageStartingWith("earshot.toml: ");
      }
    }
  }

  @Test
  void messagesWaitForListenersAsLongAsConfigured() throws Exception {
    BrokerConfig usual = parse("[broker]\nurl='mqtt://a'\n").broker();
    BrokerConfig impatient = parse("[broker]\nurl='mqtt://a'\nunheard_minutes=0\n").broker();
    assertThat(BrokerSetup.settings(usual, "x").unheardPatience()).isEqualTo(Duration.ofHours(1));
    assertThat(BrokerSetup.settings(impatient, "x").unheardPatience()).isZero();
  }

  @Test
  void brokerMayBeMovedByTheCommandLine() throws ConfigException {
    BrokerConfig broker = parse("[broker]\nurl='mqtt://a'\nuser='me'\n").broker();
    BrokerConfig moved = broker.movedTo("mqtts://b:9000");
    assertThat(moved.host()).isEqualTo("b");
    assertThat(moved.port()).isEqualTo(9000);
    assertThat(moved.tls()).isTrue();
    assertThat(moved.user()).isEqualTo("me");
    assertThatThrownBy(() -> BrokerConfig.at("b"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("mqtt://HOST");
    assertThat(List.of(BrokerConfig.at("mqtt://[::1]:5").host())).containsExactly("[::1]");
  }
}
