package org.earshot.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.earshot.evaluation.PeerMapping;
import org.earshot.verifier.Fusion;
import org.junit.jupiter.api.Test;

class FusionFitTest {
  private static final List<String> ALL = List.of(Fusion.VERIFIER, Fusion.YAMNET, Fusion.DEVICE);

  @Test
  void whatTellsThemApartGetsTheWeightAndWhatDoesNotGetsNone() {
    Fusion.Row row = FusionFit.fit("siren", ALL, triggers(400, 1, 2));
    assertThat(row.yamnetClasses()).isEqualTo(PeerMapping.yamnet("siren").get(2));
    assertThat(row.weights().get(0)).isGreaterThan(0.3);
    assertThat(row.weights().get(1)).isGreaterThan(0.1);
    assertThat(row.weights().get(2)).isBetween(0.0, 0.15); // the device's is drawn at random
  }

  @Test
  void thresholdsKeepTheRightAndConfirmFewOfTheFalse() {
    List<ScoredTrigger> triggers = triggers(500, 2, 0);
    Fusion.Row row = FusionFit.fit("siren", List.of(Fusion.VERIFIER), triggers);
    int lost = 0;
    int confirmed = 0;
    int removed = 0;
    for (ScoredTrigger trigger : triggers) {
      double p = row.probability(trigger.scores());
      lost += trigger.trigger().right() && p < row.rejectBelow() ? 1 : 0;
      confirmed += !trigger.trigger().right() && p >= row.confirmFrom() ? 1 : 0;
      removed += !trigger.trigger().right() && p < row.rejectBelow() ? 1 : 0;
    }
    assertThat(lost).isLessThanOrEqualTo(5); // 2 % of 250
    assertThat(confirmed).isLessThanOrEqualTo(5);
    assertThat(removed).isGreaterThan(100);
    assertThat(row.yamnetClasses()).isEmpty();
  }

  @Test
  void withoutExamplesTheModelsOwnLogitHolds() {
    Fusion.Row row = FusionFit.fit("siren", List.of(Fusion.VERIFIER), List.of());
    assertThat(row.bias()).isZero();
    assertThat(row.weights()).containsExactly(1.0);
    assertThat(row.rejectBelow()).isLessThan(row.confirmFrom());
  }

  @Test
  void theAreaIsTheShareOfPairsInOrder() {
    assertThat(FusionFit.area(List.of(0.9, 0.4), List.of(0.1, 0.4))).isCloseTo(0.875, within(1e-9));
    assertThat(FusionFit.area(List.of(), List.of(0.1))).isEqualTo(0.5);
  }

  @Test
  void aTableMeasuresEachHalfWithWhatTheOtherTaught() {
    // In half 1 the verifier is the wrong way round, so that nothing learnt on half 0 holds there.
    List<ScoredTrigger> triggers = new ArrayList<>();
    for (ScoredTrigger t : triggers(400, 4, 0)) {
      double score = t.scores().get(Fusion.VERIFIER);
      boolean turned = t.trigger().half() == 1;
      triggers.add(
          new ScoredTrigger(
              t.trigger(), Map.of(Fusion.VERIFIER, turned ? 1 - score : score), t.yamnet()));
    }
    List<VerifierTable.Entry> table = VerifierTable.of(triggers, List.of(List.of(Fusion.VERIFIER)));
    VerifierTable.Entry siren =
        table.stream().filter(e -> e.event().equals("siren")).findFirst().orElseThrow();
    assertThat(siren.right()).isEqualTo(200);
    assertThat(siren.wrong()).isEqualTo(200);
    assertThat(siren.area()).isLessThan(0.6);
    assertThat(VerifierTable.text(table)).contains("| siren | verifier | 200 |");
  }

  /** Half right, half false; the verifier and one variant of YAMNet tell, the device does not. */
  private static List<ScoredTrigger> triggers(int count, long seed, int variant) {
    Random random = new Random(seed);
    List<ScoredTrigger> triggers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean right = i % 2 == 0;
      double sign = right ? 1 : -1;
      double[] yamnet = new double[PeerMapping.yamnet("siren").size()];
      for (int v = 0; v < yamnet.length; v++) {
        yamnet[v] = sigmoid((v == variant ? sign : 0) + random.nextGaussian());
      }
      triggers.add(
          new ScoredTrigger(
              new Trigger("siren", right, 0, i / 2 % 2, Path.of("clip")),
              Map.of(
                  Fusion.VERIFIER, sigmoid(1.5 * sign + random.nextGaussian()),
                  Fusion.DEVICE, random.nextDouble()),
              yamnet));
    }
    return triggers;
  }

  private static double sigmoid(double value) {
    return 1 / (1 + Math.exp(-value));
  }
}
