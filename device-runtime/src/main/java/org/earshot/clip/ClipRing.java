package org.earshot.clip;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import org.earshot.audio.Pcm16;

/**
 * The last seconds of one microphone's stream, as 16-bit samples at 16 kHz.
 *
 * <p>Contract: samples come in the order of their indices; where an index jumps ahead nothing was
 * heard, and the ring holds silence that it knows to be a gap. Size is fixed at construction (2
 * bytes and 1 bit a sample). Single-threaded: the detect thread writes and copies. Allocates in
 * {@link #copy} only.
 */
public final class ClipRing {
  private final short[] samples; // [capacity], sample s at s % capacity
  private final BitSet missing; // [capacity], set where nothing was heard
  private long endSample;
  private long beginSample; // first sample that was ever pushed
  private boolean started;

  /** Makes a ring that holds the last {@code capacitySamples} samples. */
  public ClipRing(int capacitySamples) {
    if (capacitySamples < 1) {
      throw new IllegalArgumentException("a ring of " + capacitySamples + " samples");
    }
    samples = new short[capacitySamples];
    missing = new BitSet(capacitySamples);
  }

  /** Returns how many samples the ring can hold. */
  public int capacitySamples() {
    return samples.length;
  }

  /** Returns the index of the oldest sample that is still held; equal to the end when empty. */
  public long firstSample() {
    return Math.max(beginSample, endSample - samples.length);
  }

  /** Returns the index after the newest sample. */
  public long endSample() {
    return endSample;
  }

  /** Returns whether every sample of [from, to) is still held. */
  public boolean holds(long from, long to) {
    return from >= firstSample() && to <= endSample && from <= to;
  }

  /**
   * Takes the next samples; the first call says where the stream begins.
   *
   * @param startSample index of the first of them; indices between the ring's end and this one are
   *     a gap
   * @throws IllegalArgumentException when they are older than the ring's end
   */
  public void push(float[] block, int offset, int length, long startSample) {
    Objects.checkFromIndexSize(offset, length, block.length);
    if (!started) {
      started = true;
      beginSample = startSample;
      endSample = startSample;
    }
    skipTo(startSample);
    int skipped = Math.max(0, length - samples.length); // only the last would be held
    endSample += skipped;
    int slot = slot(endSample);
    int count = length - skipped;
    int beforeWrap = Math.min(count, samples.length - slot);
    int at = offset + skipped;
    for (int i = 0; i < beforeWrap; i++) {
      samples[slot + i] = Pcm16.of(block[at + i]);
    }
    for (int i = beforeWrap; i < count; i++) {
      samples[i - beforeWrap] = Pcm16.of(block[at + i]);
    }
    missing.clear(slot, slot + beforeWrap);
    missing.clear(0, count - beforeWrap);
    endSample += count;
  }

  /**
   * Notes that nothing was heard up to an index.
   *
   * @throws IllegalArgumentException when it lies before the ring's end
   */
  public void skipTo(long sample) {
    if (sample < endSample) {
      throw new IllegalArgumentException(
          "samples from " + sample + " on, but the ring has heard up to " + endSample);
    }
    long gap = sample - endSample;
    int count = (int) Math.min(gap, samples.length);
    int slot = slot(sample - count);
    int beforeWrap = Math.min(count, samples.length - slot);
    Arrays.fill(samples, slot, slot + beforeWrap, (short) 0);
    Arrays.fill(samples, 0, count - beforeWrap, (short) 0);
    missing.set(slot, slot + beforeWrap);
    missing.set(0, count - beforeWrap);
    endSample = sample;
  }

  /**
   * Returns the samples of [from, to); gaps are silence.
   *
   * @throws IllegalArgumentException unless {@link #holds} them
   */
  public short[] copy(long from, long to) {
    requireHeld(from, to);
    short[] copy = new short[(int) (to - from)];
    int slot = slot(from);
    int beforeWrap = Math.min(copy.length, samples.length - slot);
    System.arraycopy(samples, slot, copy, 0, beforeWrap);
    System.arraycopy(samples, 0, copy, beforeWrap, copy.length - beforeWrap);
    return copy;
  }

  /**
   * Returns how many samples of [from, to) are gaps.
   *
   * @throws IllegalArgumentException unless {@link #holds} them
   */
  public int gapSamples(long from, long to) {
    requireHeld(from, to);
    int count = (int) (to - from);
    int slot = slot(from);
    int beforeWrap = Math.min(count, samples.length - slot);
    return missingIn(slot, slot + beforeWrap) + missingIn(0, count - beforeWrap);
  }

  private int missingIn(int fromSlot, int toSlot) {
    int count = 0;
    int at = missing.nextSetBit(fromSlot);
    while (at >= 0 && at < toSlot) {
      int end = Math.min(toSlot, missing.nextClearBit(at));
      count += end - at;
      at = missing.nextSetBit(end);
    }
    return count;
  }

  private void requireHeld(long from, long to) {
    if (!holds(from, to)) {
      throw new IllegalArgumentException(
          String.format(
              "samples %d to %d of a ring that holds %d to %d",
              from, to, firstSample(), endSample));
    }
  }

  private int slot(long sample) {
    return (int) Math.floorMod(sample, (long) samples.length);
  }
}
