package org.earshot.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FusionTest {
  private static final Fusion.Row ALONE =
      new Fusion.Row("siren", List.of("verifier"), 0.5, List.of(1.0), 0.2, 0.9, List.of());
  private static final Fusion.Row BOTH =
      new Fusion.Row(
          "siren",
          List.of("verifier", "yamnet"),
          -1,
          List.of(0.75, 0.5),
          0.1,
          0.8,
          List.of("Siren", "Fire engine, fire truck (siren)"));
  private static final Fusion FUSION = new Fusion("0123456789abcdef", List.of(ALONE, BOTH));

  @Test
  void theRowOfMostModelsThatWereAskedHolds() {
    Fusion.Fused both =
        FUSION.judge("siren", Map.of("verifier", 0.7, "yamnet", 0.3, "device", 0.9)).orElseThrow();
    assertThat(both.row()).isEqualTo(BOTH);
    double logit = -1 + 0.75 * Math.log(0.7 / 0.3) + 0.5 * Math.log(0.3 / 0.7);
    assertThat(both.probability()).isCloseTo(1 / (1 + Math.exp(-logit)), within(1e-12));
    Fusion.Fused alone = FUSION.judge("siren", Map.of("verifier", 0.7)).orElseThrow();
    assertThat(alone.row()).isEqualTo(ALONE);
    assertThat(FUSION.judge("siren", Map.of("yamnet", 0.7))).isEmpty();
    assertThat(FUSION.judge("kettle", Map.of("verifier", 0.7))).isEmpty();
    assertThat(FUSION.yamnetClasses("siren")).contains("Siren").hasSize(2);
    assertThat(FUSION.yamnetClasses("kettle")).isEmpty();
  }

  @Test
  void thresholdsDivideConfirmedUnsureAndRejected() {
    assertThat(new Fusion.Fused(0.9, ALONE).isConfirmed()).isTrue();
    assertThat(new Fusion.Fused(Math.nextDown(0.9), ALONE).isConfirmed()).isFalse();
    assertThat(new Fusion.Fused(0.2, ALONE).isRejected()).isFalse();
    assertThat(new Fusion.Fused(Math.nextDown(0.2), ALONE).isRejected()).isTrue();
  }

  @Test
  void scoresOfZeroAndOneHaveALogit() {
    assertThat(Fusion.logit(0)).isEqualTo(Fusion.logit(Fusion.SMALLEST_SCORE)).isNegative();
    assertThat(Fusion.logit(1)).isCloseTo(-Fusion.logit(0), within(1e-9));
    assertThat(Fusion.logit(0.5)).isZero();
  }

  @Test
  void isWrittenAndReadBack(@TempDir Path folder) throws IOException {
    Path file = folder.resolve(Fusion.NAME);
    FUSION.write(file);
    Fusion read = Fusion.read(file);
    assertThat(read.verifier()).isEqualTo("0123456789abcdef");
    assertThat(read.rows()).isEqualTo(FUSION.rows());
    assertThat(Fusion.parse("# by hand\n\n" + FUSION.toText(), "text").rows()).hasSize(2);
  }

  @Test
  void refusesALineThatIsNoRowAndSaysWhich() {
    String text = FUSION.toText();
    assertRefused(text.replace("earshot-fusion 1", "earshot-fusion 2"), "line 1: version 2");
    assertRefused("one\ttwo", "line 1: not a fusion");
    assertRefused("", "not a fusion");
    assertRefused(text.replace("bias", "prior"), "line 2: wanted the columns");
    assertRefused(text.replace("verifier+yamnet", "verifier"), "line 4: a row wants");
    assertRefused(text.replace("0.900000", "0.1"), "line 3: thresholds are 0.2 and 0.1");
    assertRefused(text.replace("0.500000", "NaN"), "line 3: a weight is not a finite number");
    assertRefused(text.replace("0.500000", "half"), "line 3: For input string: \"half\"");
    assertRefused(text.replace("\tSiren|Fire engine, fire truck (siren)", "\t"), "line 4: YAMNet");
    assertRefused(text.replace("\t0.900000\t", "\t0.9"), "line 3: 6 cells, wanted 7");
  }

  private static void assertRefused(String text, String problem) {
    assertThatThrownBy(() -> Fusion.parse(text, "f"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("f")
        .hasMessageContaining(problem);
  }
}
