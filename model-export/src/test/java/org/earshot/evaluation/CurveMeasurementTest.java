package org.earshot.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.earshot.evaluation.AlertMatchTest.event;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.earshot.detect.Detector;
import org.earshot.detect.Sensitivity;
import org.earshot.detect.StepTiming;
import org.earshot.model.Calibration;
import org.earshot.model.DecisionParameters;
import org.earshot.model.HeadModel;
import org.earshot.model.OperatingCurve;
import org.earshot.model.OperatingCurve.Point;
import org.junit.jupiter.api.Test;

/** Streams whose peaks are known, so that the alerts at every threshold are. */
class CurveMeasurementTest {
  private static final StepTiming TIMING = new StepTiming(9600, 9600); // 0.6 s: few steps
  private static final int STEPS = 50; // 30 s

  /** Opens at a logit of 0, at once, and without smoothing. */
  private static final DecisionParameters DECISION =
      new DecisionParameters(1, 0.5f, 0.4f, 1, 0.5f, 0.5f, 0.3f);

  private static final List<HeadModel> HEADS =
      LevelModel.of("dog_bark", "siren").heads().stream()
          .map(head -> head.with(Calibration.IDENTITY, DECISION))
          .toList();

  /** Silence at -9 but for one step 12 s in, in which both heads say {@code peak}. */
  private static LogitTrack track(double peak) {
    float[] logits = new float[2 * STEPS];
    Arrays.fill(logits, -9);
    logits[40] = (float) peak;
    logits[41] = (float) peak;
    return new LogitTrack(TIMING, 2, logits);
  }

  private static CalibrationStream stream(
      double peak, List<Occurrence> truth, List<Occurrence> dontCare) {
    return new CalibrationStream(track(peak), 30, truth, dontCare);
  }

  /** 1000 false alerts at a logit of -3, 100 at 0, 10 at 3, as near misses tend to be spread. */
  private static List<CalibrationStream> negatives() {
    List<CalibrationStream> streams = new ArrayList<>();
    for (int rank = 1; rank <= 2880; rank++) {
      double peak = 3 * Math.log10(100.5 / rank);
      streams.add(stream(peak, List.of(), List.of()));
    }
    return streams;
  }

  private static CurveMeasurement measured() {
    CurveMeasurement measurement = new CurveMeasurement(HEADS, TIMING);
    measurement.addNegatives(negatives());
    return measurement;
  }

  @Test
  void findsTheThresholdsWithATenthAndTenTimesTheFalseAlerts() {
    CurveMeasurement measurement = measured();
    OperatingCurve curve = measurement.curves().get(0);

    assertThat(curve.negativeHours()).isEqualTo(24);
    assertThat(curve.falseAlertsPerDay(curve.atOrAbove(50))).isEqualTo(100);
    assertThat(curve.falseAlertsPerDay(curve.atOrAbove(25))).isEqualTo(10);
    assertThat(curve.shiftLogits(25)).isEqualTo(3, within(0.1001));
    assertThat(curve.falseAlertsPerDay(curve.atOrAbove(75))).isBetween(1000.0, 1085.0);
    assertThat(curve.shiftLogits(75)).isEqualTo(-3, within(0.1001));
    assertThat(measurement.curves().get(1)).isEqualTo(curve);
  }

  @Test
  void blocksOfAnySizeGiveTheSameCurve() {
    List<CalibrationStream> all = negatives();
    CurveMeasurement parts = new CurveMeasurement(HEADS, TIMING);
    for (int from = 0, size = 1; from < all.size(); from += size, size = size * 3 % 101) {
      parts.addNegatives(all.subList(from, Math.min(all.size(), from + size)));
    }
    assertThat(parts.curves()).isEqualTo(measured().curves());
  }

  @Test
  void countsTheEventsThatAreMissedAtEachThreshold() {
    CurveMeasurement measurement = measured();
    List<CalibrationStream> events = new ArrayList<>();
    for (int i = 0; i < 40; i++) { // peaks at -3.95, -3.75, .. 3.85
      events.add(stream(-3.95 + 0.2 * i, List.of(event("siren", 12, 13)), List.of()));
    }
    measurement.addEvents(events);
    OperatingCurve siren = measurement.curves().get(1);

    assertThat(siren.events()).isEqualTo(40);
    assertThat(siren.missRate(siren.atOrAbove(50))).isEqualTo(0.5);
    assertThat(siren.missRate(siren.atOrAbove(75))).isEqualTo(5 / 40.0, within(0.026));
    assertThat(siren.missRate(siren.atOrAbove(25))).isEqualTo(35 / 40.0, within(0.026));
    OperatingCurve dog = measurement.curves().get(0);
    assertThat(dog.events()).isZero();
    assertThat(dog.missRate(dog.atOrAbove(50))).isNaN();
  }

  @Test
  void whatIsCountedAtAPointIsWhatTheDeviceDoesAtItsSensitivity() {
    List<CalibrationStream> streams = negatives();
    HeadModel head = HEADS.get(0).with(measured().curves().get(0));
    for (Point point : head.curve().points()) {
      Detector detector =
          new Detector(List.of(head), new Sensitivity(point.sensitivity(), Map.of()), TIMING);
      int[] alerts = new int[1];
      for (CalibrationStream stream : streams) {
        detector.reset();
        for (float posterior : AlertReplay.posteriors(stream.track(), 0, head.calibration())) {
          detector.accept(new float[] {posterior}, alert -> alerts[0]++);
        }
        detector.finish(alert -> alerts[0]++);
      }
      assertThat(alerts[0]).as("at %s", point).isEqualTo(point.falseAlerts());
    }
  }

  @Test
  void leavesOutWhatIsOfNoConcern() {
    CurveMeasurement measurement = measured();
    List<CalibrationStream> more = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      more.add(stream(5, List.of(), List.of(event("siren", 0, 30)))); // an hour, left out
      more.add(stream(5, List.of(), List.of(event("siren", 12, 13)))); // another, counted
    }
    measurement.addNegatives(more);
    OperatingCurve siren = measurement.curves().get(1);
    assertThat(siren.negativeHours()).isEqualTo(25);
    assertThat(siren.atOrAbove(50).falseAlerts()).isEqualTo(100);
    OperatingCurve dog = measurement.curves().get(0);
    assertThat(dog.negativeHours()).isEqualTo(26);
    assertThat(dog.atOrAbove(50).falseAlerts()).isEqualTo(340);
  }

  @Test
  void refusesNegativesThatHoldAnEvent() {
    List<CalibrationStream> streams = List.of(stream(1, List.of(event("siren", 1, 2)), List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CurveMeasurement(HEADS, TIMING).addNegatives(streams))
        .withMessageContaining("siren");
  }
}
