package org.earshot.cloud.ingest;

import org.earshot.audio.flac.FlacWriter;

/** Clips for tests. */
public final class Sounds {
  private static final int RATE_HZ = 16_000;

  private Sounds() {}

  /** A tone as a FLAC file: confirmed by {@link LoudnessVerifier} from amplitude 0.2 on. */
  public static byte[] tone(double amplitude, double seconds) {
    return FlacWriter.encode(samples(amplitude, seconds), 0, (int) (seconds * RATE_HZ), RATE_HZ);
  }

  /** The same at another rate. */
  public static byte[] tone(double amplitude, double seconds, int rateHz) {
    return FlacWriter.encode(samples(amplitude, seconds), 0, (int) (seconds * RATE_HZ), rateHz);
  }

  private static short[] samples(double amplitude, double seconds) {
    short[] samples = new short[(int) (seconds * RATE_HZ)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) (amplitude * 32_767 * Math.sin(2 * Math.PI * 440 * i / RATE_HZ));
    }
    return samples;
  }
}
