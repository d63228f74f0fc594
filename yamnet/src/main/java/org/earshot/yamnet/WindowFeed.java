package org.earshot.yamnet;

import java.io.IOException;
import java.util.Arrays;

/**
 * Cuts a stream of samples into overlapping windows, the last one padded with zeros.
 *
 * <p>Window {@code k} covers samples {@code [k * hop, k * hop + window)}. The last window is the
 * first that reaches the end of the stream; every stream with at least one sample has a window.
 * Single-threaded; allocates only when made.
 */
public final class WindowFeed {

  /** Takes a full window; the array is reused. */
  @FunctionalInterface
  public interface WindowSink {
    /** Takes one; the last of a stream is padded. */
    void accept(long windowIndex, float[] window) throws IOException;
  }

  private final int hopSamples;
  private final float[] window; // [windowSamples]
  private final WindowSink sink;
  private int filled;
  private int fresh; // samples in the window that no window before it covered
  private long index;

  /** Makes a feed of windows of so many samples, one every hop. */
  public WindowFeed(int windowSamples, int hopSamples, WindowSink sink) {
    if (hopSamples < 1 || hopSamples > windowSamples) {
      throw new IllegalArgumentException(
          "hop of " + hopSamples + " samples in a window of " + windowSamples);
    }
    this.hopSamples = hopSamples;
    this.window = new float[windowSamples];
    this.sink = sink;
  }

  /** Takes samples of the stream in; the sink gets each window that they fill. */
  public void push(float[] samples, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      int n = Math.min(length - done, window.length - filled);
      System.arraycopy(samples, offset + done, window, filled, n);
      filled += n;
      fresh += n;
      done += n;
      if (filled == window.length) {
        emit();
        System.arraycopy(window, hopSamples, window, 0, window.length - hopSamples);
        filled = window.length - hopSamples;
      }
    }
  }

  /** Emits what is left, padded with zeros, and makes ready for the next stream. */
  public void finish() throws IOException {
    if (fresh > 0) {
      Arrays.fill(window, filled, window.length, 0f);
      emit();
    }
    filled = 0;
    fresh = 0;
    index = 0;
  }

  private void emit() throws IOException {
    sink.accept(index++, window);
    fresh = 0;
  }
}
