package org.earshot.detect;

/**
 * The last beeps heard, of all tones, in the order in which they ended.
 *
 * <p>A ring of fixed size: the newest beep replaces the oldest, so memory is bounded however long
 * the stream is and whatever is heard. Times are frame indices. Single-threaded; nothing is
 * allocated after construction.
 */
final class BeepHistory {
  /** Music and speech give up to some ten beeps a second: about a minute. */
  static final int CAPACITY = 512; // a power of two, so that a slot is the lowest bits

  private final long[] onFrames = new long[CAPACITY];
  private final long[] offFrames = new long[CAPACITY];
  private final float[] bands = new float[CAPACITY];
  private final float[] risesDb = new float[CAPACITY];
  private long total;

  /**
   * Adds a beep.
   *
   * @param onFrame first frame that it sounds in
   * @param offFrame first frame after it
   * @param band its pitch, in bands
   * @param riseDb its level over the background of its band
   */
  void add(long onFrame, long offFrame, float band, float riseDb) {
    int slot = slot(total);
    onFrames[slot] = onFrame;
    offFrames[slot] = offFrame;
    bands[slot] = band;
    risesDb[slot] = riseDb;
    total++;
  }

  private static int slot(long beep) {
    return (int) beep & (CAPACITY - 1);
  }

  /** How many beeps there were since construction or {@link #reset}. */
  long total() {
    return total;
  }

  /** The oldest beep that is still held. */
  long first() {
    return Math.max(0, total - CAPACITY);
  }

  long onFrame(long beep) {
    return onFrames[slot(beep)];
  }

  long offFrame(long beep) {
    return offFrames[slot(beep)];
  }

  float band(long beep) {
    return bands[slot(beep)];
  }

  float riseDb(long beep) {
    return risesDb[slot(beep)];
  }

  void reset() {
    total = 0;
  }
}
