package org.earshot.training;

import java.util.ArrayList;
import java.util.List;

/** What a run has to know to go on after an interruption, and to draw its report. */
public final class RunState {
  /** One validation. */
  public record Epoch(
      int iteration, double loss, double averagePrecision, List<Double> averagePrecisions) {}

  /** Options that made the run; a resumed run must have the same. */
  public TrainingOptions options;

  /** Updates done. */
  public int iteration;

  /** Best mean average precision so far, and the epoch that had it. */
  public double best = -1;

  public int bestEpoch = -1;
  public double trainingSeconds;
  public List<Epoch> epochs = new ArrayList<>();

  boolean isExhausted() {
    return epochs.size() - 1 - bestEpoch >= options.patience() && bestEpoch >= 0;
  }
}
