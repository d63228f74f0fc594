package org.earshot.audio.capture;

import org.earshot.audio.AudioFiles;

/**
 * Peak and RMS of the last second, in dBFS.
 *
 * <p>0 dBFS is an amplitude of 1.0, for both: a sine of full scale has a peak of 0 and an RMS of
 * -3.01. Renewed every 100 ms of sound; {@link #FLOOR_DBFS} when nothing is heard. One thread
 * writes, any thread reads. Writing does not allocate.
 */
public final class LevelMeter {
  /** What silence reads: below the noise of 16-bit and of any microphone. */
  public static final float FLOOR_DBFS = -120;

  private static final int SLOTS = 10;
  private static final int SLOT_SAMPLES = AudioFiles.SAMPLE_RATE_HZ / SLOTS;
  private static final long SILENCE = pack(FLOOR_DBFS, FLOOR_DBFS);

  private final float[] peaks = new float[SLOTS]; // of the last finished slots, in a circle
  private final double[] energies = new double[SLOTS]; // sums of squares
  private int slot;
  private int slotsFilled;
  private int inSlot;
  private float peak; // of the slot that is being filled
  private double energy;
  private volatile long packed = SILENCE; // both numbers at once, so that they belong together

  /** A meter that has heard nothing. */
  public LevelMeter() {}

  /** A peak and the RMS of the same second, in dBFS, at least {@link #FLOOR_DBFS}. */
  public record Level(float peakDbfs, float rmsDbfs) {}

  /** Returns the level of the last second, or of what there was since the start if that is less. */
  public Level level() {
    long both = packed;
    return new Level(Float.intBitsToFloat((int) (both >>> 32)), Float.intBitsToFloat((int) both));
  }

  /** Returns the largest amplitude of the last second, in dBFS. */
  public float peakDbfs() {
    return level().peakDbfs();
  }

  /** Returns the RMS of the last second, in dBFS. */
  public float rmsDbfs() {
    return level().rmsDbfs();
  }

  /** Hears samples; by one thread only. */
  public void add(float[] samples, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      float sample = samples[i];
      peak = Math.max(peak, Math.abs(sample));
      energy += (double) sample * sample;
      if (++inSlot == SLOT_SAMPLES) {
        finishSlot();
      }
    }
  }

  /** Forgets what was heard; by the capture thread only. */
  void reset() {
    slot = 0;
    slotsFilled = 0;
    inSlot = 0;
    peak = 0;
    energy = 0;
    packed = SILENCE;
  }

  private void finishSlot() {
    peaks[slot] = peak;
    energies[slot] = energy;
    slot = (slot + 1) % SLOTS;
    slotsFilled = Math.min(SLOTS, slotsFilled + 1);
    peak = 0;
    energy = 0;
    inSlot = 0;
    float highest = 0;
    double sum = 0; // added anew each time: a running sum would keep the rounding of loud sounds
    for (int i = 0; i < slotsFilled; i++) {
      highest = Math.max(highest, peaks[i]);
      sum += energies[i];
    }
    packed = pack(dbfs(highest), dbfs(Math.sqrt(sum / ((double) slotsFilled * SLOT_SAMPLES))));
  }

  private static float dbfs(double amplitude) {
    // the comparison is false for 0 and for NaN
    return amplitude > 1e-6 ? (float) (20 * Math.log10(amplitude)) : FLOOR_DBFS;
  }

  private static long pack(float high, float low) {
    return ((long) Float.floatToRawIntBits(high) << 32)
        | (Float.floatToRawIntBits(low) & 0xffff_ffffL);
  }
}
