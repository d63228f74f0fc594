package org.earshot.cloud.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookSignatureTest {
  /** Made with {@code printf '%s' 'T.BODY' | openssl dgst -sha256 -hmac SECRET}. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s3cret|1769860800|{\"v\":1}|ee881730fb157200167ddd1278c5cffdddeaa881e8fa11fa7150450ad8e425dd",
        "key|0|''|85841b4efc3cd7776c3c8f9b7cca9e281c550e5d19889d78e9e669c6337f000d",
        "Grüße|1769860801|{\"text\":\"Café\"}|3d969a45714f48655da76cbdbf9d73b9cb5597736f5414b6b163e1704201e8b8"
      })
  void equalsWhatOpensslSays(String secret, long seconds, String body, String hex) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    assertThat(WebhookSignature.of(Secret.of(secret), seconds, bytes))
        .isEqualTo("t=" + seconds + ",v1=" + hex);
  }
}
