package org.earshot.evaluation;

import java.util.List;

/**
 * Event-based score by onset alone, as DCASE 2017 task 2 has it.
 *
 * <p>A detection is right when its onset lies within {@value #COLLAR_SECONDS} s of a true onset of
 * its class; each true onset takes one detection at most, every other detection is an insertion.
 * Source: Mesaros et al., "DCASE 2017 challenge setup", and sed_eval's event-based metrics with
 * {@code evaluate_offset=False}.
 *
 * @param hits true onsets that were found
 * @param deletions true onsets that were not
 * @param insertions detections on no true onset, repeats among them
 */
public record OnsetScore(int hits, int deletions, int insertions) {

  /** Tolerance on an onset. Source: DCASE 2017 task 2. */
  public static final double COLLAR_SECONDS = 0.5;

  private static final double ROUNDING_SECONDS = 1e-6;

  static final OnsetScore NONE = new OnsetScore(0, 0, 0);

  static OnsetScore of(StreamResult result, String label) {
    return of(
        result.truth().stream()
            .filter(o -> o.label().equals(label))
            .mapToDouble(Occurrence::onsetSeconds)
            .sorted()
            .toArray(),
        result.detections().stream()
            .filter(d -> d.label().equals(label))
            .mapToDouble(Detection::onsetSeconds)
            .sorted()
            .toArray());
  }

  /**
   * Both arrays ascend. All windows are equally long, so that taking pairs in order finds as many
   * as can be.
   */
  static OnsetScore of(double[] trueOnsets, double[] detectedOnsets) {
    int hits = 0;
    int t = 0;
    int d = 0;
    while (t < trueOnsets.length && d < detectedOnsets.length) {
      double late = detectedOnsets[d] - trueOnsets[t];
      if (Math.abs(late) <= COLLAR_SECONDS + ROUNDING_SECONDS) {
        hits++;
        t++;
        d++;
      } else if (late < 0) {
        d++;
      } else {
        t++;
      }
    }
    return new OnsetScore(hits, trueOnsets.length - hits, detectedOnsets.length - hits);
  }

  static OnsetScore sum(List<OnsetScore> scores) {
    OnsetScore sum = NONE;
    for (OnsetScore score : scores) {
      sum =
          new OnsetScore(
              sum.hits + score.hits,
              sum.deletions + score.deletions,
              sum.insertions + score.insertions);
    }
    return sum;
  }

  /** 0 when nothing was found, NaN when there was nothing to find or say. */
  public double f1() {
    return 2.0 * hits / (2 * hits + deletions + insertions);
  }

  /**
   * (deletions + insertions) / true onsets; one class alone has no substitutions. NaN without true
   * onsets.
   */
  public double errorRate() {
    int reference = hits + deletions;
    return reference == 0 ? Double.NaN : (double) (deletions + insertions) / reference;
  }
}
