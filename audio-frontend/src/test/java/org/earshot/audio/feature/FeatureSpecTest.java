package org.earshot.audio.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FeatureSpecTest {
  @Test
  void fingerprintDiffersWithEveryField() {
    Set<Long> fingerprints = new HashSet<>();
    for (Normalization normalization : Normalization.values()) {
      fingerprints.add(FeatureSpec.standard(normalization).fingerprint());
    }
    Normalization pcen = Normalization.PCEN;
    FeatureSpec[] others = {
      new FeatureSpec(16_001, 400, 160, 512, 64, 60f, 7_800f, 1e-10f, pcen, 40),
      new FeatureSpec(16_000, 401, 160, 512, 64, 60f, 7_800f, 1e-10f, pcen, 40),
      new FeatureSpec(16_000, 400, 161, 512, 64, 60f, 7_800f, 1e-10f, pcen, 40),
      new FeatureSpec(16_000, 400, 160, 1024, 64, 60f, 7_800f, 1e-10f, pcen, 40),
      new FeatureSpec(16_000, 400, 160, 512, 63, 60f, 7_800f, 1e-10f, pcen, 40),
      new FeatureSpec(16_000, 400, 160, 512, 64, 61f, 7_800f, 1e-10f, pcen, 40),
      new FeatureSpec(16_000, 400, 160, 512, 64, 60f, 7_801f, 1e-10f, pcen, 40),
      new FeatureSpec(16_000, 400, 160, 512, 64, 60f, 7_800f, 1e-9f, pcen, 40),
      new FeatureSpec(16_000, 400, 160, 512, 64, 60f, 7_800f, 1e-10f, pcen, 41),
    };
    for (FeatureSpec other : others) {
      fingerprints.add(other.fingerprint());
    }
    assertThat(fingerprints).hasSize(Normalization.values().length + others.length);
  }

  @Test
  void refusesNumbersThatDoNotFit() {
    assertThatThrownBy(
            () ->
                new FeatureSpec(
                    16_000, 400, 160, 500, 64, 60f, 7_800f, 1e-10f, Normalization.LOG, 1))
        .hasMessageContaining("fftSamples = 500");
    assertThatThrownBy(
            () ->
                new FeatureSpec(
                    16_000, 400, 160, 512, 64, 60f, 8_001f, 1e-10f, Normalization.LOG, 1))
        .hasMessageContaining("highHz = 8001.0");
  }

  @Test
  void ownLogarithmAndPowerKeepTheirStatedErrors() {
    Random random = new Random(1);
    for (int i = 0; i < 200_000; i++) {
      float x = (float) Math.exp(random.nextDouble() * 60 - 40);
      assertThat(Math.abs(FastMath.log2(x) - Math.log(x) / Math.log(2)))
          .as("log2(%s)", x)
          .isLessThan(2e-6 + 4e-6);
      float y = random.nextFloat() * 240 - 120;
      assertThat(Math.abs(FastMath.exp2(y) / Math.pow(2, y) - 1))
          .as("exp2(%s)", y)
          .isLessThan(6e-6);
    }
  }

  @Test
  void bandsLieWhereTheirCentresAre() {
    FeatureSpec spec = FeatureSpec.standard();
    assertThat(spec.bandOf(60)).isEqualTo(-1);
    assertThat(spec.bandOf(7_800)).isCloseTo(64, offset(1e-9));
    assertThat(spec.bandOf(3_000)).isBetween(41.0, 43.0);
  }
}
