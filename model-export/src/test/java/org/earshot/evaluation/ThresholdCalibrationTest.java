package org.earshot.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.earshot.evaluation.AlertMatchTest.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.earshot.detect.StepTiming;
import org.earshot.model.Calibration;
import org.earshot.model.DecisionParameters;
import org.junit.jupiter.api.Test;

class ThresholdCalibrationTest {

  private static final StepTiming TIMING = new StepTiming(480, 720);
  private static final int STEPS = 1000; // 30 s
  private static final long SEED = 77;

  /**
   * The event lifts the logit to +4 for a second; noise of deviation 1 around -4, spikes of one
   * step to +6.
   */
  private static List<CalibrationStream> streams(int count, boolean spikes) {
    Random random = new Random(SEED);
    List<CalibrationStream> streams = new ArrayList<>();
    for (int s = 0; s < count; s++) {
      float[] logits = new float[STEPS];
      for (int i = 0; i < STEPS; i++) {
        logits[i] = (float) (-4 + random.nextGaussian());
      }
      if (spikes) {
        logits[100] = 6;
        logits[900] = 6;
      }
      List<Occurrence> truth = List.of();
      if (s % 2 == 0) {
        int onset = 300 + random.nextInt(300);
        for (int i = onset; i < onset + 33; i++) {
          logits[i] = (float) (4 + random.nextGaussian());
        }
        truth = List.of(event("siren", onset * 0.03, onset * 0.03 + 1));
      }
      streams.add(new CalibrationStream(new LogitTrack(TIMING, 1, logits), 30, truth, List.of()));
    }
    return streams;
  }

  private static ThresholdCalibration.Choice choose(List<CalibrationStream> streams, double cap) {
    return new ThresholdCalibration(streams, DecisionGrid.standard(), cap).choose(0, "siren");
  }

  @Test
  void findsEveryClearEventWithoutFalseAlerts() {
    ThresholdCalibration.Choice choice = choose(streams(40, false), 1);

    assertThat(choice.score()).as("seed %d", SEED).isEqualTo(new AlertScore(20, 0, 0, 1200));
    assertThat(choice.plateau()).isEqualTo(1);
  }

  @Test
  void smoothsAwaySpikesThatAreHigherThanTheEvent() {
    ThresholdCalibration.Choice choice = choose(streams(40, true), 1);

    assertThat(choice.score()).as("seed %d", SEED).isEqualTo(new AlertScore(20, 0, 0, 1200));
    assertThat(choice.decision().smoothingSteps() * choice.decision().onSteps()).isGreaterThan(1);
  }

  @Test
  void whatIsChosenScoresAsStatedWhenItRuns() {
    List<CalibrationStream> streams = streams(12, true);
    ThresholdCalibration.Choice choice = choose(streams, 4);
    AlertReplay replay = new AlertReplay("siren", choice.decision(), TIMING);
    AlertScore sum = AlertScore.NONE;
    for (CalibrationStream stream : streams) {
      List<Detection> alerts =
          replay.alerts(AlertReplay.posteriors(stream.track(), 0, choice.calibration()));
      StreamResult result = new StreamResult("s", 30, stream.truth(), List.of(), alerts);
      sum = sum.plus(AlertScore.of(result, "siren"));
    }

    assertThat(sum).isEqualTo(choice.score());
  }

  @Test
  void takesTheMiddleOfAPlateau() {
    // Events peak at a posterior of logit 4, everything else stays at -2: any threshold between
    // does.
    List<CalibrationStream> streams = new ArrayList<>();
    for (int s = 0; s < 6; s++) {
      float[] logits = new float[STEPS];
      for (int i = 0; i < STEPS; i++) {
        logits[i] = i >= 400 && i < 460 ? 4 : -2;
      }
      streams.add(
          new CalibrationStream(
              new LogitTrack(TIMING, 1, logits), 30, List.of(event("siren", 12, 13.8)), List.of()));
    }
    ThresholdCalibration.Choice choice =
        new ThresholdCalibration(streams, DecisionGrid.standard(), 1)
            .choose(0, "siren", Calibration.IDENTITY);
    double logit =
        Math.log(choice.decision().onThreshold() / (1 - choice.decision().onThreshold()));

    assertThat(logit).isBetween(-1.5, 3.0);
    assertThat(choice.plateau()).isEqualTo(1);
  }

  @Test
  void keepsUnderTheCapOnFalseAlertsWhereItCan() {
    // Half of the streams hold something that looks just like the event, but weaker than most
    // events.
    List<CalibrationStream> streams = new ArrayList<>();
    for (int s = 0; s < 40; s++) {
      float[] logits = new float[STEPS];
      float height = s % 2 == 0 ? (s % 4 == 0 ? 5 : 1) : 1.5f;
      for (int i = 0; i < STEPS; i++) {
        logits[i] = i >= 400 && i < 460 ? height : -5;
      }
      List<Occurrence> truth = s % 2 == 0 ? List.of(event("siren", 12, 13.8)) : List.of();
      streams.add(new CalibrationStream(new LogitTrack(TIMING, 1, logits), 30, truth, List.of()));
    }

    assertThat(choose(streams, 1000).score().recall()).isEqualTo(1);
    ThresholdCalibration.Choice capped = choose(streams, 1);
    assertThat(capped.score().falseAlerts()).isZero();
    assertThat(capped.score().recall()).isEqualTo(0.5);
  }

  @Test
  void calibratesThePosteriorSoThatOneHalfDividesEventsFromTheRest() {
    Calibration calibration = PosteriorCalibration.fit(streams(60, false), 0, "siren");
    double boundary = -calibration.offset() / calibration.slope();

    // Peaks over 2 s of noise lie near -1.5, those of events near +6.
    assertThat(boundary).isCloseTo(2.2, within(1.5));
  }

  @Test
  void leavesThePosteriorAloneWithoutExamplesOfTheEvent() {
    assertThat(PosteriorCalibration.fit(streams(4, false), 0, "baby_cry"))
        .isEqualTo(Calibration.IDENTITY);
  }

  @Test
  void choosesTheSameAgain() {
    assertThat(choose(streams(10, true), 2)).isEqualTo(choose(streams(10, true), 2));
  }

  @Test
  void refusesToTuneOnNothing() {
    assertThatThrownBy(() -> new ThresholdCalibration(List.of(), DecisionGrid.standard(), 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void thresholdsOfTheGridAreEvenInLogits() {
    DecisionGrid grid = DecisionGrid.standard();
    DecisionParameters parameters = grid.parameters(4, 2, 1.5f, 1, 0);

    assertThat(grid.thresholds()).isEqualTo(37);
    assertThat(grid.thresholdLogit(36)).isEqualTo(6);
    assertThat(parameters.onThreshold()).isEqualTo(0.5f);
    assertThat(parameters.offThreshold()).isCloseTo(0.26894f, within(1e-5f));
  }
}
