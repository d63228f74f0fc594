package org.earshot.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.earshot.detect.StepTiming;
import org.earshot.model.Calibration;
import org.earshot.model.DecisionParameters;
import org.earshot.model.HeadModel;
import org.earshot.model.OperatingCurve;

/**
 * Counts what every threshold around the tuned one costs each head: false alerts on audio without
 * events, and events missed.
 *
 * <p>All alerts come from the device's own detector over recorded logits. Streams may come in
 * blocks of any size, since only counts are kept. Not thread-safe; heads are counted in parallel
 * within a call. Source: ADR 0015.
 */
public final class CurveMeasurement {
  private final List<Counts> counts; // [heads]

  /**
   * Begins with nothing counted.
   *
   * @param heads with their final calibration and decision, in the order of the tracks' events
   * @param timing of every track
   */
  public CurveMeasurement(List<HeadModel> heads, StepTiming timing) {
    counts = heads.stream().map(head -> new Counts(head, timing)).toList();
  }

  /**
   * Counts false alerts.
   *
   * @param streams without any event; one that is of no concern to a head from end to end is not
   *     counted for it, nor are its hours
   */
  public void addNegatives(List<CalibrationStream> streams) {
    for (CalibrationStream stream : streams) {
      if (!stream.truth().isEmpty()) {
        throw new IllegalArgumentException("a negative stream holds " + stream.truth().get(0));
      }
    }
    forAllHeads(streams, Counts::addNegative);
  }

  /** Counts the events that are missed in streams; false alerts in them are not counted. */
  public void addEvents(List<CalibrationStream> streams) {
    forAllHeads(streams, Counts::addEvents);
  }

  private interface Counting {
    void count(Counts head, int index, CalibrationStream stream);
  }

  private void forAllHeads(List<CalibrationStream> streams, Counting counting) {
    IntStream.range(0, counts.size())
        .parallel()
        .forEach(
            index -> streams.forEach(stream -> counting.count(counts.get(index), index, stream)));
  }

  /** The curves of all heads, in their order; each wants at least some seconds of negatives. */
  public List<OperatingCurve> curves() {
    List<OperatingCurve> curves = new ArrayList<>();
    for (Counts head : counts) {
      curves.add(
          new SensitivityScale(head.falseAlerts, head.missed)
              .curve(head.negativeSeconds / 3600, head.events));
    }
    return curves;
  }

  /** One head. */
  private static final class Counts {
    private final String event;
    private final Calibration calibration;
    private final DecisionParameters[] decisions = new DecisionParameters[SensitivityScale.SIZE];
    private final AlertReplay[] replays = new AlertReplay[SensitivityScale.SIZE];
    private final int[] falseAlerts = new int[SensitivityScale.SIZE];
    private final int[] missed = new int[SensitivityScale.SIZE];
    private double negativeSeconds;
    private int events;

    Counts(HeadModel head, StepTiming timing) {
      event = head.event();
      calibration = head.calibration();
      for (int i = 0; i < decisions.length; i++) {
        decisions[i] = head.decision().shifted(SensitivityScale.shiftLogits(i));
        replays[i] = new AlertReplay(event, decisions[i], timing);
      }
    }

    void addNegative(int index, CalibrationStream stream) {
      if (!stream.isOfNoConcernTo(event)) {
        negativeSeconds += stream.seconds();
        add(index, stream, false);
      }
    }

    void addEvents(int index, CalibrationStream stream) {
      int here = stream.truthOf(event).size();
      if (here > 0) {
        events += here;
        add(index, stream, true);
      }
    }

    private void add(int index, CalibrationStream stream, boolean misses) {
      float[] posteriors = AlertReplay.posteriors(stream.track(), index, calibration);
      float peak = 0;
      for (float posterior : posteriors) {
        peak = Math.max(peak, posterior);
      }
      for (int i = 0; i < decisions.length; i++) {
        // No average is higher than the highest posterior, but for rounding.
        boolean silent = peak + 1e-6f < decisions[i].onThreshold();
        AlertScore score =
            AlertScore.of(stream, event, silent ? List.of() : replays[i].alerts(posteriors));
        if (misses) {
          missed[i] += score.missed();
        } else {
          falseAlerts[i] += score.falseAlerts();
        }
      }
    }
  }
}
