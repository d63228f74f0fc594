package org.earshot.clip;

import org.earshot.audio.AudioFiles;

/**
 * How long clips are, in samples at 16 kHz.
 *
 * @param preRollSamples before the onset, at least 2 s
 * @param lengthSamples of a clip of a short event in all, more than the pre-roll
 * @param postRollSamples after the end of an event that outlasts that, at least 0
 * @param limitSamples that no clip exceeds, at least lengthSamples
 */
public record ClipSettings(
    int preRollSamples, int lengthSamples, int postRollSamples, int limitSamples) {
  private static final int SECOND = AudioFiles.SAMPLE_RATE_HZ;

  /**
   * Least pre-roll: a listener needs to hear what came before. Source: docs/device-behaviour.md.
   */
  public static final int MIN_PRE_ROLL_SAMPLES = 2 * SECOND;

  /** Longest limit: a ring of 10 minutes takes 20 MB. */
  public static final int MAX_LIMIT_SAMPLES = 600 * SECOND;

  /** Throws IllegalArgumentException for a value out of its range. */
  public ClipSettings {
    if (preRollSamples < MIN_PRE_ROLL_SAMPLES) {
      throw new IllegalArgumentException(
          "a pre-roll of " + preRollSamples + " samples, wanted at least " + MIN_PRE_ROLL_SAMPLES);
    }
    if (lengthSamples <= preRollSamples) {
      throw new IllegalArgumentException(
          "a clip of " + lengthSamples + " samples with a pre-roll of " + preRollSamples);
    }
    if (postRollSamples < 0) {
      throw new IllegalArgumentException("a post-roll of " + postRollSamples + " samples");
    }
    if (limitSamples < lengthSamples || limitSamples > MAX_LIMIT_SAMPLES) {
      throw new IllegalArgumentException(
          String.format(
              "a limit of %d samples, wanted %d to %d",
              limitSamples, lengthSamples, MAX_LIMIT_SAMPLES));
    }
  }

  /** Returns 3 s before the onset, 10 s in all, 2 s after a longer event, at most 30 s. */
  public static ClipSettings standard() {
    return new ClipSettings(3 * SECOND, 10 * SECOND, 2 * SECOND, 30 * SECOND);
  }

  /**
   * Returns how many samples a ring must hold so that no clip loses its beginning.
   *
   * @param maxDelaySamples from an onset to the samples that had been pushed when it was told; the
   *     length of a block counts
   */
  public int ringSamples(int maxDelaySamples) {
    if (maxDelaySamples < 0) {
      throw new IllegalArgumentException("a delay of " + maxDelaySamples + " samples");
    }
    return Math.addExact(
        Math.max(limitSamples, Math.addExact(preRollSamples, maxDelaySamples)),
        ClipCutter.PIECE_SAMPLES);
  }
}
