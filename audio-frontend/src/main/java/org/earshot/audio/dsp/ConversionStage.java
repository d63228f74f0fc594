package org.earshot.audio.dsp;

import java.io.IOException;
import java.util.Arrays;

/**
 * One filter that makes {@code up} samples of every {@code down} that it reads.
 *
 * <p>Output {@code k} lies at input position {@code k * down / up}, without delay: the input is
 * taken to be silent before its first and after its last sample. {@code ceil(n * up / down)}
 * outputs come of {@code n} inputs. Not thread-safe; reading does not allocate.
 */
final class ConversionStage implements SampleReader {
  private static final int BLOCK_SAMPLES = 4_096;

  private final SampleReader upstream;
  private final long up;
  private final long down;
  private final PolyphaseFilter filter;
  private final float[] input; // a window of the input, silence around it included
  private int filled;
  private int at; // start in the window of the next output's taps
  private long position; // 0..up-1, of the next output past input sample at + taps/2 - 1
  private boolean upstreamEnded;
  private int realEnd; // end of real input in the window, once upstream has ended

  ConversionStage(SampleReader upstream, long up, long down, PolyphaseFilter filter) {
    this.upstream = upstream;
    this.up = up;
    this.down = down;
    this.filter = filter;
    this.input = new float[BLOCK_SAMPLES + 2 * filter.taps()];
    this.filled = filter.taps() / 2 - 1;
  }

  @Override
  public int read(float[] buffer, int offset, int length) throws IOException {
    int taps = filter.taps();
    int n = 0;
    while (n < length) {
      if (at + taps > filled) {
        if (n > 0) {
          break; // give what there is rather than wait for more
        }
        if (!fill()) {
          return -1;
        }
        continue;
      }
      if (upstreamEnded && at + taps / 2 - 1 >= realEnd) {
        return n > 0 ? n : -1;
      }
      buffer[offset + n++] = filter.apply(input, at, position, up);
      position += down;
      at += (int) (position / up);
      position %= up;
    }
    return n;
  }

  /** Moves the window on; returns false when no output is left to come. */
  private boolean fill() throws IOException {
    int taps = filter.taps();
    if (upstreamEnded) {
      return false;
    }
    // a large step may pass the end of the window: what is skipped must still be read
    int drop = Math.min(at, filled);
    System.arraycopy(input, drop, input, 0, filled - drop);
    filled -= drop;
    at -= drop;
    int n = upstream.read(input, filled, input.length - taps - filled);
    if (n < 0) {
      upstreamEnded = true;
      realEnd = filled;
      Arrays.fill(input, filled, filled + taps / 2 + 1, 0);
      filled += taps / 2 + 1;
    } else {
      filled += n;
    }
    return true;
  }
}
