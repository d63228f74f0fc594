package org.earshot.audio.capture;

/**
 * Samples that follow one another without a gap, with their place in time; filled by {@link
 * Capture#take}, and used again.
 *
 * <p>Sample 0 is the first that the source ever gave. After a gap the index jumps by what was
 * missed. Owned by the consuming thread.
 */
public final class CaptureBlock {
  /** The samples, 16 kHz mono, nominally in [-1, 1]. */
  public final float[] samples; // [capacity], the first length are valid

  /** How many samples are valid; 0 when {@link Capture#take(CaptureBlock, long)} timed out. */
  public int length;

  /** Index in the stream of {@code samples[0]}. */
  public long startSample;

  /** How many samples are missing before {@code samples[0]}; 0 when it follows the last block. */
  public long gapSamples;

  /** A block of at most {@code capacity} samples, at least 1. */
  public CaptureBlock(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity " + capacity);
    }
    samples = new float[capacity];
  }
}
