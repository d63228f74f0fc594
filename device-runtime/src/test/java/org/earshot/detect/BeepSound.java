package org.earshot.detect;

import java.util.Random;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.audio.feature.LogMelExtractor;

/** Beeps by their times, in noise and, if wanted, with a room's tail. Seeded. */
final class BeepSound {
  static final int RATE = 16_000;

  private final float[] samples;
  private final Random random;

  BeepSound(double seconds, long seed) {
    samples = new float[(int) (seconds * RATE)];
    random = new Random(seed);
  }

  /** One beep with edges of 2 ms. */
  BeepSound beep(double hz, double atSeconds, double lengthSeconds, double gain) {
    int from = (int) (atSeconds * RATE);
    int length = (int) (lengthSeconds * RATE);
    for (int i = 0; i < length && from + i < samples.length; i++) {
      double edge = Math.min(1, Math.min(i, length - i) / 32.0);
      samples[from + i] += (float) (gain * edge * Math.sin(2 * Math.PI * hz * i / RATE));
    }
    return this;
  }

  /** Groups of beeps, each time jittered by a few milliseconds. */
  BeepSound groups(
      double hz,
      double at,
      int groups,
      int beeps,
      double on,
      double off,
      double pause,
      double gain) {
    double time = at;
    for (int group = 0; group < groups; group++) {
      for (int beep = 0; beep < beeps; beep++) {
        beep(hz, time + 0.004 * random.nextGaussian(), on, gain);
        time += on + (beep == beeps - 1 ? pause : off);
      }
    }
    return this;
  }

  BeepSound noise(double gain) {
    for (int i = 0; i < samples.length; i++) {
      samples[i] += (float) (gain * random.nextGaussian());
    }
    return this;
  }

  /** Sixty reflections that decay by 60 dB in so many seconds. */
  BeepSound room(double decaySeconds) {
    float[] dry = samples.clone();
    for (int reflection = 0; reflection < 60; reflection++) {
      double delay = 0.003 + random.nextDouble() * decaySeconds * 0.6;
      double gain = 0.25 * random.nextGaussian() * Math.pow(10, -3 * delay / decaySeconds);
      int shift = (int) (delay * RATE);
      for (int i = shift; i < samples.length; i++) {
        samples[i] += (float) (gain * dry[i - shift]);
      }
    }
    return this;
  }

  float[] samples() {
    return samples;
  }

  /** All frames' un-normalised log-mel, [frames][melBands]. */
  float[][] frames() {
    FeatureSpec spec = FeatureSpec.standard();
    LogMelExtractor extractor = new LogMelExtractor(spec);
    float[][] frames = new float[(samples.length - spec.frameSamples()) / spec.hopSamples() + 1][];
    extractor.push(
        samples,
        0,
        samples.length,
        (index, features) -> {
          frames[(int) index] = new float[spec.melBands()];
          extractor.copyLogMel(frames[(int) index]);
        });
    return frames;
  }

  /** The most cycles that ever spoke for each meaning. */
  record Most(int smoke, int co, int other) {}

  Most mostCycles() {
    CadenceEvidence evidence = new CadenceEvidence(FeatureSpec.standard());
    int smoke = 0;
    int co = 0;
    int other = 0;
    for (float[] frame : frames()) {
      evidence.accept(frame);
      smoke = Math.max(smoke, evidence.cycles(Cadence.Meaning.SMOKE));
      co = Math.max(co, evidence.cycles(Cadence.Meaning.CO));
      other = Math.max(other, evidence.cycles(Cadence.Meaning.OTHER));
    }
    return new Most(smoke, co, other);
  }
}
