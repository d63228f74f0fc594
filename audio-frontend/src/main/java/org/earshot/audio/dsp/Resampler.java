package org.earshot.audio.dsp;

import java.io.IOException;
import java.util.Objects;
import org.earshot.audio.PcmSource;

/**
 * A source at another sample rate: linear phase, no delay, the same samples for any split of the
 * reads.
 *
 * <p>Flat within 0.01 dB up to 0.44 and rejecting at least 80 dB from 0.5 of the lower of the two
 * rates (ADR 0002 has the measurements). {@code n} samples become {@code ceil(n * to / from)}. High
 * rates are first brought down by a whole number with a short filter, which saves half of the work.
 * Not thread-safe; reading does not allocate.
 */
public final class Resampler implements PcmSource {
  /** End of the pass band as a part of the lower rate. */
  static final double PASS = 0.44;

  /** Start of the stop band as a part of the lower rate: its Nyquist frequency. */
  static final double STOP = 0.5;

  private final PcmSource source;
  private final int toHz;
  private final SampleReader chain;
  private long samplesRead;
  private long samplesGiven;
  private boolean sourceEnded;

  /** Converts {@code source}, which it owns from then on, to {@code toHz}. */
  public Resampler(PcmSource source, int toHz) {
    int fromHz = source.sampleRateHz();
    if (fromHz <= 0 || toHz <= 0) {
      throw new IllegalArgumentException("rates " + fromHz + " Hz to " + toHz + " Hz");
    }
    this.source = source;
    this.toHz = toHz;
    // the first stage leaves at least 1.375 times the final rate, room for its wide transition
    int whole = Math.max(1, (int) ((long) fromHz * 8 / (11L * toHz)));
    SampleReader first = this::readSource;
    if (whole > 1) {
      double pass = STOP * toHz / fromHz;
      PolyphaseFilter filter = new PolyphaseFilter(1, pass, 1.0 / whole - pass);
      first = new ConversionStage(first, 1, whole, filter);
    }
    long up = (long) toHz * whole;
    long down = fromHz;
    long divisor = gcd(up, down);
    up /= divisor;
    down /= divisor;
    if (up == 1 && down == 1) {
      chain = first;
    } else {
      double lower = Math.min(1.0, (double) up / down); // of the rate between the stages
      chain =
          new ConversionStage(
              first,
              up,
              down,
              new PolyphaseFilter(
                  (int) Math.min(up, Integer.MAX_VALUE), PASS * lower, STOP * lower));
    }
  }

  @Override
  public int sampleRateHz() {
    return toHz;
  }

  @Override
  public int read(float[] buffer, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    if (length == 0) {
      return 0;
    }
    int n = chain.read(buffer, offset, length);
    if (n < 0) {
      return -1;
    }
    if (sourceEnded) {
      // two stages round up twice
      long fromHz = source.sampleRateHz();
      long all = (samplesRead * toHz + fromHz - 1) / fromHz;
      n = (int) Math.min(n, all - samplesGiven);
    }
    samplesGiven += n;
    return n > 0 ? n : -1;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }

  private int readSource(float[] buffer, int offset, int length) throws IOException {
    int n = source.read(buffer, offset, length);
    if (n < 0) {
      sourceEnded = true;
    } else {
      samplesRead += n;
    }
    return n;
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
