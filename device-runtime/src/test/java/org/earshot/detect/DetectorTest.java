package org.earshot.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.model.DecisionParameters;
import org.earshot.model.SoundModel;
import org.earshot.testing.TestModels;
import org.junit.jupiter.api.Test;

/** Steps are 0.1 s apart and hear 0.15 s, so that times can be read off the posteriors. */
class DetectorTest {
  private static final StepTiming TIMING = new StepTiming(1600, 2400);
  private static final DecisionParameters PLAIN = new DecisionParameters(1, 0.6f, 0.4f, 1, 0, 0, 0);

  @Test
  void opensAtTheOnThresholdAndEndsUnderTheOffThreshold() {
    List<Alert> alerts = run(PLAIN, 0, 0, 0.59, 0.6, 0.9, 0.5, 0.4, 0.39, 0.59, 0);
    assertThat(alerts).hasSize(1);
    Alert alert = alerts.get(0);
    assertThat(alert.event()).isEqualTo("siren");
    assertThat(alert.onsetSeconds()).isEqualTo(0.3);
    assertThat(alert.offsetSeconds()).isEqualTo(0.7);
    assertThat(alert.openedSeconds()).isEqualTo(0.45);
    assertThat(alert.peakPosterior()).isEqualTo(0.9f);
  }

  @Test
  void hearsNothingBelowTheThresholdHoweverLong() {
    assertThat(run(PLAIN, repeated(0.59, 10_000))).isEmpty();
  }

  @Test
  void opensOnlyAfterThreeStepsInARowAndDatesTheOnsetBack() {
    DecisionParameters three = new DecisionParameters(1, 0.6f, 0.4f, 3, 0, 0, 0);
    assertThat(run(three, 0, 1, 1, 0, 1, 1, 0.5, 1, 1, 0)).isEmpty();
    Alert alert = run(three, 0, 1, 1, 0, 1, 1, 1, 0).get(0);
    assertThat(alert.onsetSeconds()).isEqualTo(0.4);
    assertThat(alert.openedSeconds()).isEqualTo(0.75);
    assertThat(alert.offsetSeconds()).isEqualTo(0.7);
  }

  @Test
  void staysOneAlertOverGapsShorterThanTheHold() {
    DecisionParameters hold = new DecisionParameters(1, 0.6f, 0.4f, 1, 0.3f, 0, 0);
    List<Alert> alerts = run(hold, 1, 0, 0, 1, 0, 0, 0.45, 0, 0, 0, 0, 1, 0, 0, 0, 0);
    assertThat(alerts).extracting(Alert::onsetSeconds).containsExactly(0.0, 1.1);
    assertThat(alerts).extracting(Alert::offsetSeconds).containsExactly(0.7, 1.2);
  }

  @Test
  void opensNothingDuringTheRefractoryTime() {
    DecisionParameters refractory = new DecisionParameters(1, 0.6f, 0.4f, 1, 0, 0.5f, 0);
    // Closes at step 1; steps 2 to 5 are refractory; a run starts anew at step 6.
    List<Alert> alerts = run(refractory, 1, 0, 1, 1, 1, 1, 1, 1, 0);
    assertThat(alerts).extracting(Alert::onsetSeconds).containsExactly(0.0, 0.6);
  }

  @Test
  void neverEndsBeforeTheMinimumOpenTime() {
    DecisionParameters open = new DecisionParameters(1, 0.6f, 0.4f, 1, 0, 0, 0.5f);
    List<Alert> alerts = run(open, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0);
    assertThat(alerts).extracting(Alert::onsetSeconds).containsExactly(0.0, 0.7);
    assertThat(alerts).extracting(Alert::offsetSeconds).containsExactly(0.4, 0.8);
  }

  @Test
  void smoothingHidesASpikeAndItsDelayIsTakenBack() {
    DecisionParameters smooth = new DecisionParameters(5, 0.55f, 0.35f, 1, 0, 0, 0);
    assertThat(run(smooth, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0)).isEmpty();
    // Averages: 0.2 0.4 0.6 0.8 1 1 0.8 0.6 0.4 0.2, from step 5 on; delay two steps.
    Alert alert = run(smooth, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0).get(0);
    assertThat(alert.onsetSeconds()).isEqualTo(0.5);
    assertThat(alert.openedSeconds()).isEqualTo(0.85);
    assertThat(alert.offsetSeconds()).isEqualTo(1.2);
    assertThat(alert.peakPosterior()).isEqualTo(1);
  }

  @Test
  void smoothingStartsFromSilence() {
    DecisionParameters smooth = new DecisionParameters(10, 0.6f, 0.4f, 1, 0, 0, 0);
    assertThat(run(smooth, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0)).isEmpty();
  }

  @Test
  void smoothingDoesNotDriftOverAMonthOfSteps() {
    SoundModel model =
        TestModels.level(
            FeatureSpec.standard(), new DecisionParameters(7, 0.6f, 0.4f, 1, 0, 0, 0), "siren");
    Detector detector = new Detector(model.heads(), Sensitivity.standard(), TIMING);
    Random random = new Random(1);
    float[] posterior = new float[1];
    for (int step = 0; step < 5_000_000; step++) {
      posterior[0] = 0.3f * random.nextFloat();
      detector.accept(posterior, alert -> {});
    }
    for (int step = 0; step < 7; step++) {
      posterior[0] = 0.25f;
      detector.accept(posterior, alert -> {});
    }
    assertThat(detector.smoothed(0)).isEqualTo(0.25f);
  }

  @Test
  void finishEndsWhatIsOpenOnceAndOnlyThat() {
    List<Alert> alerts = new ArrayList<>();
    Detector detector = detector(PLAIN, Sensitivity.standard());
    feed(detector, alerts, 0, 1, 1);
    assertThat(alerts).isEmpty();
    assertThat(detector.isOpen(0)).isTrue();
    detector.finish(alerts::add);
    detector.finish(alerts::add);
    assertThat(alerts).extracting(Alert::offsetSeconds).containsExactly(0.3);
  }

  @Test
  void resetForgetsAnOpenAlertAndTheSmoothing() {
    List<Alert> alerts = new ArrayList<>();
    Detector detector =
        detector(new DecisionParameters(2, 0.6f, 0.4f, 1, 0, 0, 0), Sensitivity.standard());
    feed(detector, alerts, 1, 1);
    detector.reset();
    feed(detector, alerts, 0.9, 0, 0);
    detector.finish(alerts::add);
    assertThat(alerts).isEmpty();
  }

  @Test
  void tellsTheOpeningAtOnce() {
    List<String> heard = new ArrayList<>();
    Detector detector = detector(PLAIN, Sensitivity.standard());
    AlertSink sink =
        new AlertSink() {
          @Override
          public void opened(String event, long onsetSample, long openedSample) {
            heard.add(event + " " + onsetSample + " " + openedSample);
          }

          @Override
          public void ended(Alert alert) {
            heard.add("ended");
          }
        };
    for (float posterior : new float[] {0, 1}) {
      detector.accept(new float[] {posterior}, sink);
    }
    assertThat(heard).containsExactly("siren 1600 4000");
  }

  @Test
  void aPosteriorThatIsNotANumberCountsAsSilence() {
    assertThat(run(PLAIN, Double.NaN, Double.NaN)).isEmpty();
    assertThat(run(PLAIN, 1, Double.NaN, 1, 0)).hasSize(2);
  }

  @Test
  void alertsOfRandomPosteriorsAreInOrderApartAndAboveTheThreshold() {
    for (long seed = 1; seed <= 200; seed++) {
      Random random = new Random(seed);
      DecisionParameters decision =
          new DecisionParameters(
              1 + random.nextInt(8),
              0.55f,
              0.3f,
              1 + random.nextInt(4),
              random.nextFloat(),
              random.nextFloat(),
              random.nextFloat());
      double[] posteriors = new double[2000];
      double level = 0;
      for (int step = 0; step < posteriors.length; step++) {
        level = random.nextInt(20) == 0 ? random.nextDouble() : level;
        posteriors[step] = Math.min(1, Math.max(0, level + 0.2 * random.nextGaussian()));
      }
      long end = -1;
      for (Alert alert : run(decision, posteriors)) {
        assertThat(alert.onsetSample()).as("seed %d", seed).isGreaterThanOrEqualTo(end);
        assertThat(alert.offsetSample()).isGreaterThan(alert.onsetSample());
        assertThat(alert.openedSample()).isGreaterThan(alert.onsetSample());
        assertThat(alert.peakPosterior()).isBetween(0.55f, 1f);
        end = alert.offsetSample();
      }
      assertThat(end).as("seed %d hears something", seed).isPositive();
    }
  }

  @Test
  void aSensitivitySetBeforeTheFirstStepIsTheOneItWasMadeWith() {
    Random random = new Random(5);
    Sensitivity eager = new Sensitivity(90, Map.of());
    SoundModel model = TestModels.level(FeatureSpec.standard(), PLAIN, "smoke_alarm");
    Detector set = new Detector(model.heads(), Sensitivity.standard(), TIMING);
    Detector made = new Detector(model.heads(), eager, TIMING);
    Detector standard = new Detector(model.heads(), Sensitivity.standard(), TIMING);
    set.setSensitivity(eager);
    List<List<Alert>> alerts = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int step = 0; step < 5000; step++) {
      double posterior = Math.pow(random.nextDouble(), 2);
      feed(set, alerts.get(0), posterior);
      feed(made, alerts.get(1), posterior);
      feed(standard, alerts.get(2), posterior);
    }

    assertThat(alerts.get(0)).isEqualTo(alerts.get(1)).isNotEmpty().isNotEqualTo(alerts.get(2));
  }

  @Test
  void anotherSensitivityKeepsAnOpenAlertOpen() {
    List<Alert> alerts = new ArrayList<>();
    Detector detector = detector(PLAIN, Sensitivity.standard());
    feed(detector, alerts, 0, 0.7, 0.7);
    detector.setSensitivity(new Sensitivity(30, Map.of()));
    feed(detector, alerts, 0.8, 0.8, 0.2, 0.8);
    assertThat(alerts).extracting(Alert::offsetSeconds).containsExactly(0.5);
    assertThat(detector.isOpen(0)).isFalse(); // 0.8 does not open at this sensitivity
  }

  private static List<Alert> run(DecisionParameters decision, double... posteriors) {
    return run(decision, Sensitivity.standard(), posteriors);
  }

  private static List<Alert> run(
      DecisionParameters decision, Sensitivity sensitivity, double... posteriors) {
    List<Alert> alerts = new ArrayList<>();
    Detector detector = detector(decision, sensitivity);
    feed(detector, alerts, posteriors);
    detector.finish(alerts::add);
    return alerts;
  }

  private static Detector detector(DecisionParameters decision, Sensitivity sensitivity) {
    SoundModel model = TestModels.level(FeatureSpec.standard(), decision, "siren");
    return new Detector(model.heads(), sensitivity, TIMING);
  }

  private static void feed(Detector detector, List<Alert> alerts, double... posteriors) {
    for (double posterior : posteriors) {
      detector.accept(new float[] {(float) posterior}, alerts::add);
    }
  }

  private static double[] repeated(double value, int count) {
    double[] values = new double[count];
    Arrays.fill(values, value);
    return values;
  }
}
