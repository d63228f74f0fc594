package org.earshot.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UplinkSettingsTest {
  private static UplinkSettings to(String broker) {
    return UplinkSettings.to(URI.create(broker), "hall");
  }

  @ParameterizedTest
  @CsvSource({
    "mqtt://broker, mqtt://broker:1883",
    "mqtt://broker:1884/, mqtt://broker:1884",
    "mqtts://broker, mqtts://broker:8883",
    "mqtts://10.0.0.1:1, mqtts://10.0.0.1:1"
  })
  void portsFollowTheScheme(String broker, String address) {
    assertThat(to(broker).address()).isEqualTo(address);
  }

  @ParameterizedTest
  @CsvSource({
    "http://broker, is not mqtt://host",
    "broker:1883, is not mqtt://host",
    "mqtt:broker, is not mqtt://host",
    "mqtt://broker/topic, no path",
    "mqtt://user:secret@broker, set user and password apart"
  })
  void otherAddressesAreRefusedWithoutTheirPassword(String broker, String problem) {
    assertThatThrownBy(() -> to(broker))
        .hasMessageContaining(problem)
        .message()
        .doesNotContain("secret");
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    TlsFiles files = TlsFiles.trusting(Path.of("ca.pem"));
    assertThatThrownBy(() -> to("mqtt://broker").withTls(files)).hasMessageContaining("mqtts://");
    assertThatThrownBy(() -> to("mqtt://broker").withLogin(null, "secret"))
        .hasMessageContaining("no user");
    assertThatThrownBy(
            () -> to("mqtt://broker").withDelays(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .hasMessageContaining("delays");
    assertThatThrownBy(() -> new TlsFiles(null, Path.of("device.pem"), null, null))
        .hasMessageContaining("needs a key");
    assertThatThrownBy(() -> new TlsFiles(null, Path.of("a.p12"), Path.of("key.pem"), null))
        .hasMessageContaining("needs a PEM certificate");
  }

  @Test
  void passwordsAreNotShown() {
    assertThat(to("mqtt://broker").withLogin("anna", "secret").toString())
        .contains("anna")
        .doesNotContain("secret");
    assertThat(new TlsFiles(null, Path.of("a.p12"), null, "secret").toString())
        .doesNotContain("secret");
  }
}
