package org.earshot.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.model.DecisionParameters;
import org.earshot.model.HeadModel;
import org.earshot.model.OperatingCurve;
import org.earshot.model.OperatingCurve.Point;
import org.earshot.testing.TestModels;
import org.junit.jupiter.api.Test;

class SensitivityTest {
  private static final DecisionParameters STORED =
      new DecisionParameters(3, 0.6f, 0.4f, 2, 1, 0.5f, 0.3f);
  private static final HeadModel PLAIN =
      TestModels.level(FeatureSpec.standard(), STORED, "siren").heads().get(0);
  private static final HeadModel CURVED =
      PLAIN.with(
          new OperatingCurve(
              24,
              10,
              List.of(
                  new Point(0, 1.5f, 1, 9), new Point(50, 0, 10, 5), new Point(100, -1, 99, 1))));

  private static DecisionParameters at(HeadModel head, int sensitivity) {
    return new Sensitivity(sensitivity, Map.of()).decision(head);
  }

  private static double logit(double posterior) {
    return Math.log(posterior / (1 - posterior));
  }

  @Test
  void sensitivity50IsTheStoredDecisionItselfWithAndWithoutACurve() {
    assertThat(at(PLAIN, 50)).isSameAs(PLAIN.decision());
    assertThat(at(CURVED, 50)).isSameAs(CURVED.decision());
    assertThat(Sensitivity.standard().decision(CURVED)).isSameAs(CURVED.decision());
  }

  @Test
  void aCurveSaysHowFarBothThresholdsMoveAndNothingElseDoes() {
    for (int sensitivity : new int[] {0, 30, 75, 100}) {
      DecisionParameters moved = at(CURVED, sensitivity);
      double shift = CURVED.curve().shiftLogits(sensitivity);
      assertThat(logit(moved.onThreshold())).isEqualTo(logit(0.6f) + shift, within(1e-6));
      assertThat(logit(moved.offThreshold())).isEqualTo(logit(0.4f) + shift, within(1e-6));
      assertThat(moved)
          .isEqualTo(
              new DecisionParameters(
                  3, moved.onThreshold(), moved.offThreshold(), 2, 1, 0.5f, 0.3f));
    }
  }

  @Test
  void withoutACurveAPointMovesBothThresholdsByTheSameOdds() {
    DecisionParameters moved = at(PLAIN, 75);
    assertThat(logit(moved.onThreshold())).isEqualTo(logit(0.6f) - 2, within(1e-6));
    assertThat(logit(moved.offThreshold())).isEqualTo(logit(0.4f) - 2, within(1e-6));
  }

  @Test
  void aHigherSensitivityNeverAsksForAHigherThreshold() {
    for (long seed = 0; seed <= 100; seed++) {
      HeadModel head = seed == 0 ? PLAIN : PLAIN.with(TestModels.curve(new Random(seed)));
      float on = 1;
      float off = 1;
      for (int sensitivity = 0; sensitivity <= 100; sensitivity++) {
        DecisionParameters decision = at(head, sensitivity);
        assertThat(decision.onThreshold()).as("seed %d", seed).isLessThanOrEqualTo(on);
        assertThat(decision.offThreshold()).as("seed %d", seed).isLessThanOrEqualTo(off);
        on = decision.onThreshold();
        off = decision.offThreshold();
      }
    }
  }

  @Test
  void thresholdsStayBetween0And1HoweverFarTheyMove() {
    for (float on : new float[] {Float.MIN_VALUE, 1e-6f, 0.5f, 0.999f, Math.nextDown(1f)}) {
      DecisionParameters decision = new DecisionParameters(1, on, on, 1, 0, 0, 0);
      for (double shift : new double[] {-200, -20, -1e-9, 0, 1e-9, 20, 200}) {
        DecisionParameters moved = decision.shifted(shift);
        assertThat(moved.onThreshold()).isBetween(Float.MIN_VALUE, Math.nextDown(1f));
        assertThat(moved.offThreshold()).isEqualTo(moved.onThreshold());
      }
    }
  }

  @Test
  void theDetectorHearsByTheCurve() {
    float[] posteriors = {0.4f, 0.4f, 0.4f, 0.4f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    assertThat(alerts(PLAIN, 100, posteriors)).hasSize(1);
    assertThat(alerts(CURVED, 100, posteriors)).hasSize(1); // 0.6 becomes 0.356
    assertThat(alerts(CURVED, 75, posteriors)).isEmpty(); // 0.476
    assertThat(alerts(PLAIN, 75, posteriors)).hasSize(1); // 0.169
  }

  @Test
  void aCurveChangesNoAlertAt50() {
    Random random = new Random(4);
    float[] posteriors = new float[5000];
    for (int step = 0; step < posteriors.length; step++) {
      posteriors[step] = random.nextFloat();
    }
    List<Alert> plain = alerts(PLAIN, 50, posteriors);
    assertThat(plain).isNotEmpty();
    assertThat(alerts(CURVED, 50, posteriors)).isEqualTo(plain);
  }

  @Test
  void onlyTheNamedEventChangesItsSensitivity() {
    Sensitivity sensitivity = new Sensitivity(50, Map.of("siren", 70));
    assertThat(sensitivity.of("siren")).isEqualTo(70);
    assertThat(sensitivity.of("dog_bark")).isEqualTo(50);
    assertThat(sensitivity.decision(PLAIN).onThreshold()).isLessThan(0.6f);
  }

  @Test
  void refusesASensitivityOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Sensitivity(101, Map.of()))
        .withMessageContaining("101");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Sensitivity(50, Map.of("siren", -1)))
        .withMessageContaining("-1");
  }

  private static List<Alert> alerts(HeadModel head, int sensitivity, float... posteriors) {
    List<Alert> alerts = new ArrayList<>();
    Detector detector =
        new Detector(
            List.of(head), new Sensitivity(sensitivity, Map.of()), new StepTiming(1600, 2400));
    for (float posterior : posteriors) {
      detector.accept(new float[] {posterior}, alerts::add);
    }
    detector.finish(alerts::add);
    return alerts;
  }
}
