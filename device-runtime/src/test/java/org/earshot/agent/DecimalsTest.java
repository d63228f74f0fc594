package org.earshot.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecimalsTest {
  @Test
  void writesFixedDecimalsWithAPoint() {
    assertThat(Decimals.of(0, 2)).isEqualTo("0.00");
    assertThat(Decimals.of(1.005, 1)).isEqualTo("1.0");
    assertThat(Decimals.of(12.34, 0)).isEqualTo("12");
    assertThat(Decimals.of(0.007, 3)).isEqualTo("0.007");
    assertThat(Decimals.of(0.999, 2)).isEqualTo("1.00");
    assertThat(Decimals.of(86_400.25, 2)).isEqualTo("86400.25");
  }

  @Test
  void isNeverFurtherThanHalfAHundredthFromTheTime() {
    Random random = new Random(4);
    for (int i = 0; i < 2000; i++) {
      double seconds = random.nextInt(1 << 30) / 16_000.0;
      BigDecimal written = new BigDecimal(Decimals.of(seconds, 2));
      assertThat(written.scale()).isEqualTo(2);
      assertThat(written.doubleValue()).isCloseTo(seconds, within(0.005 + 1e-9));
    }
  }
}
