package org.earshot.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.model.DecisionParameters;
import org.earshot.testing.TestModels;
import org.junit.jupiter.api.Test;

/** Steps are 0.1 s apart. */
class BackgroundLevelTest {
  private static final StepTiming TIMING = new StepTiming(1600, 2400);
  private static final DecisionParameters PLAIN = new DecisionParameters(1, 0.8f, 0.6f, 1, 0, 0, 0);

  @Test
  void aQuietHomeLeavesTheThresholdWhereItIs() {
    BackgroundLevel level = new BackgroundLevel(0.8, 0.1);
    for (int i = 0; i < 36_000; i++) {
      level.accept(0.01);
    }
    assertThat(level.shift()).isZero();
  }

  @Test
  void evenALowThresholdStaysInAQuietHome() {
    assertThat(new BackgroundLevel(0.01, 0.1).shift()).isZero();
  }

  @Test
  void aRestlessHomeRaisesItUpToTheMost() {
    BackgroundLevel level = new BackgroundLevel(0.8, 0.1);
    Random random = new Random(1);
    for (int i = 0; i < 6_000; i++) {
      level.accept(posterior(random.nextGaussian()));
    }
    assertThat(level.shift()).isEqualTo(BackgroundLevel.MOST_SHIFT);
  }

  @Test
  void itForgetsTheEveningWithinMinutes() {
    BackgroundLevel level = new BackgroundLevel(0.8, 0.1);
    for (int i = 0; i < 6_000; i++) {
      level.accept(posterior(i % 50 == 0 ? 1 : -2));
    }
    assertThat(level.shift()).isPositive();
    for (int i = 0; i < 12_000; i++) {
      level.accept(0.001);
    }
    assertThat(level.shift()).isZero();
  }

  @Test
  void oneLoudSoundHardlyCounts() {
    BackgroundLevel level = new BackgroundLevel(0.8, 0.1);
    for (int i = 0; i < 600; i++) {
      level.accept(i >= 300 && i < 350 ? 0.999 : 0.02);
    }
    assertThat(level.shift()).isZero();
  }

  @Test
  void aLoudHomeIsToldLessAndStillHearsWhatStandsOut() {
    List<Float> posteriors = new ArrayList<>();
    Random random = new Random(2);
    for (int i = 0; i < 9_000; i++) {
      posteriors.add((float) posterior(-1 + 0.9 * random.nextGaussian()));
    }
    for (int i = 0; i < 10; i++) {
      posteriors.add((float) posterior(5));
    }
    List<Alert> adapted = alerts(posteriors, true);
    List<Alert> fixed = alerts(posteriors, false);
    assertThat(adapted).hasSizeLessThan(fixed.size() / 3);
    assertThat(adapted.get(adapted.size() - 1).onsetSeconds()).isEqualTo(900, within(0.2));
  }

  @Test
  void alarmsThatSaveLivesKeepTheirThreshold() {
    List<Float> posteriors = new ArrayList<>();
    for (int i = 0; i < 9_000; i++) {
      posteriors.add((float) posterior(i % 50 == 0 ? 1.3 : -2));
    }
    posteriors.add((float) posterior(1.5)); // the threshold is at 1.39
    posteriors.add(0f);
    assertThat(alerts("siren", posteriors)).isEmpty();
    assertThat(alerts("smoke_alarm", posteriors)).hasSize(1);
    assertThat(alerts("co_alarm", posteriors)).hasSize(1);
  }

  @Test
  void anotherStreamBeginsQuiet() {
    EventDecision decision = new EventDecision("siren", PLAIN, TIMING, true, 0);
    List<Alert> alerts = new ArrayList<>();
    for (int i = 0; i < 9_000; i++) {
      decision.accept((float) posterior(i % 50 == 0 ? 1.3 : -2), collect(alerts));
    }
    decision.reset();
    decision.accept((float) posterior(1.5), collect(alerts));
    decision.finish(collect(alerts));
    assertThat(alerts).hasSize(1);
  }

  private static List<Alert> alerts(String event, List<Float> posteriors) {
    Detector detector =
        new Detector(
            TestModels.level(FeatureSpec.standard(), PLAIN, event).heads(),
            Sensitivity.standard(),
            TIMING);
    List<Alert> alerts = new ArrayList<>();
    for (float posterior : posteriors) {
      detector.accept(new float[] {posterior}, collect(alerts));
    }
    detector.finish(collect(alerts));
    return alerts;
  }

  private static List<Alert> alerts(List<Float> posteriors, boolean followsBackground) {
    EventDecision decision = new EventDecision("siren", PLAIN, TIMING, followsBackground, 0);
    List<Alert> alerts = new ArrayList<>();
    for (float posterior : posteriors) {
      decision.accept(posterior, collect(alerts));
    }
    decision.finish(collect(alerts));
    return alerts;
  }

  private static AlertSink collect(List<Alert> alerts) {
    return alerts::add;
  }

  private static double posterior(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }
}
