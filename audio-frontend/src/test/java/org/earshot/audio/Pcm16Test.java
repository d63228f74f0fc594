package org.earshot.audio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class Pcm16Test {
  @Test
  void every16BitNumberComesBack() {
    for (int value = Short.MIN_VALUE; value <= Short.MAX_VALUE; value++) {
      assertThat(Pcm16.of(value / 32_768f)).isEqualTo((short) value);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 32767",
    "2, 32767",
    "-1.5, -32768",
    "Infinity, 32767",
    "-Infinity, -32768",
    "NaN, 0"
  })
  void clipsAtFullScale(float sample, short wanted) {
    assertThat(Pcm16.of(sample)).isEqualTo(wanted);
  }
}
