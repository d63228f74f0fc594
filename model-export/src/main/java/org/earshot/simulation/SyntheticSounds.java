package org.earshot.simulation;

import java.util.List;
import org.earshot.simulation.ActiveRegionFinder.Region;

/**
 * Plain imitations of recorded sounds and of speech, for demonstrations and for tests without
 * recordings. They are not used in training. Deterministic in the random source.
 */
final class SyntheticSounds {
  private static final Noise NOISE = new Noise(0xD0_0DL);

  private SyntheticSounds() {}

  /** Knuckles on wood: damped modes of a panel, three to five times. */
  static DrySound knock(SceneRandom r) {
    int knocks = r.between(3, 5);
    double interval = r.uniform(0.18, 0.26);
    float[] out = new float[Signal.samples(knocks * interval + 0.5)];
    double[] modes = {r.uniform(140, 220), r.uniform(300, 480), r.uniform(700, 1100)};
    int end = 0;
    for (int k = 0; k < knocks; k++) {
      int at = Signal.samples(k * interval * r.uniform(0.98, 1.02));
      double level = r.uniform(0.7, 1);
      for (int i = 0; i < Signal.samples(0.12) && at + i < out.length; i++) {
        double t = Signal.seconds(i);
        double value = 0.5 * Math.exp(-t / 0.004) * r.gaussian();
        for (int m = 0; m < modes.length; m++) {
          double decay = 0.03 / (m + 1);
          value += Math.exp(-t / decay) * Math.sin(2 * Math.PI * modes[m] * t) / (m + 1);
        }
        out[at + i] += (float) (level * value);
      }
      end = at + Signal.samples(0.1);
    }
    return sound("door_knock", "knock", out, 0, end);
  }

  /** A pane that breaks: a crack, then many small ringing splinters. */
  static DrySound glass(SceneRandom r) {
    float[] out = new float[Signal.samples(1.6)];
    for (int i = 0; i < Signal.samples(0.08); i++) {
      out[i] += (float) (1.2 * Math.exp(-i / 300.0) * r.gaussian());
    }
    int splinters = 140;
    for (int s = 0; s < splinters; s++) {
      double at = r.chance(0.6) ? r.uniform(0, 0.25) : r.uniform(0.1, 1.2);
      double hz = r.logUniform(2000, 7500);
      double second = hz * r.uniform(1.1, 1.7);
      double decay = r.logUniform(0.01, 0.12);
      double level = r.logUniform(0.05, 0.6) * Math.exp(-1.2 * at);
      int from = Signal.samples(at);
      for (int i = 0; i < Signal.samples(5 * decay) && from + i < out.length; i++) {
        double t = Signal.seconds(i);
        double value = Math.sin(2 * Math.PI * hz * t);
        value += second < 7800 ? 0.5 * Math.sin(2 * Math.PI * second * t) : 0;
        out[from + i] += (float) (level * Math.exp(-t / decay) * value);
      }
    }
    return sound("glass_break", "glass", out, 0, Signal.samples(1.3));
  }

  /** Barks: a falling harmonic buzz through formants. */
  static DrySound bark(SceneRandom r) {
    int barks = r.between(3, 4);
    float[] out = new float[Signal.samples(barks * 0.45 + 0.3)];
    double pitch = r.uniform(380, 520);
    int end = 0;
    for (int b = 0; b < barks; b++) {
      int at = Signal.samples(b * 0.45 * r.uniform(0.97, 1.03));
      float[] bark = new float[Signal.samples(0.19)];
      double phase = 0;
      for (int i = 0; i < bark.length; i++) {
        double x = (double) i / bark.length;
        double hz = pitch * (0.75 + 0.6 * Math.sin(Math.PI * Math.min(1, 1.25 * x + 0.1)));
        phase += hz / Signal.SAMPLE_RATE_HZ;
        double rise = Math.min(1, x / 0.12) * Math.pow(1 - x, 0.7);
        bark[i] = (float) (rise * (buzz(phase, 12) + 0.35 * r.gaussian()));
      }
      formants(bark, 700, 1400, 2800);
      Signal.add(out, at, bark, 1);
      end = at + bark.length;
    }
    return sound("dog_bark", "bark", out, 0, Math.min(end, out.length));
  }

  /** A baby's cry: rising and falling wails near 450 Hz with a rough breath between. */
  static DrySound cry(SceneRandom r) {
    float[] out = new float[Signal.samples(5)];
    double at = 0;
    double pitch = r.uniform(420, 500);
    int end = 0;
    while (at < 4.2) {
      double length = Math.min(r.uniform(0.7, 1.1), 4.9 - at);
      float[] wail = new float[Signal.samples(length)];
      double phase = 0;
      double vibrato = r.uniform(6, 9);
      for (int i = 0; i < wail.length; i++) {
        double x = (double) i / wail.length;
        double hz = pitch * (0.85 + 0.4 * Math.sin(Math.PI * Math.pow(x, 0.7)));
        hz *= 1 + 0.02 * Math.sin(2 * Math.PI * vibrato * Signal.seconds(i));
        phase += hz / Signal.SAMPLE_RATE_HZ;
        double rise = Math.min(1, x / 0.08) * Math.min(1, (1 - x) / 0.15);
        wail[i] = (float) (rise * (buzz(phase, 14) + 0.06 * r.gaussian()));
      }
      formants(wail, 1100, 2700, 4200);
      int from = Signal.samples(at);
      Signal.add(out, from, wail, 1);
      end = Math.min(out.length, from + wail.length);
      at += length + r.uniform(0.25, 0.4);
    }
    return sound("baby_cry", "cry", out, 0, end);
  }

  /** Speech-like negatives: a buzz or a whisper through wandering vowels, in syllables. */
  static float[] speechLike(double seconds, SceneRandom r) {
    float[] out = new float[Signal.samples(seconds)];
    double at = 0.2;
    double pitch = r.uniform(90, 220);
    while (at < seconds - 0.5) {
      int syllables = r.between(3, 9);
      for (int s = 0; s < syllables && at < seconds - 0.5; s++) {
        double length = r.uniform(0.09, 0.24);
        float[] syllable = new float[Signal.samples(length)];
        double bend = r.uniform(0.85, 1.2);
        double phase = 0;
        boolean whisper = r.chance(0.2);
        for (int i = 0; i < syllable.length; i++) {
          double x = (double) i / syllable.length;
          phase += pitch * (1 + (bend - 1) * x) / Signal.SAMPLE_RATE_HZ;
          double envelope = Math.sin(Math.PI * Math.pow(x, 0.6));
          double voice = whisper ? 0.7 * r.gaussian() : buzz(phase, 30) + 0.05 * r.gaussian();
          syllable[i] = (float) (envelope * voice);
        }
        formants(syllable, r.uniform(280, 800), r.uniform(850, 2300), r.uniform(2300, 3200));
        Signal.add(out, Signal.samples(at), syllable, whisper ? 0.25f : 1);
        at += length + r.uniform(0, 0.05);
      }
      at += r.uniform(0.2, 0.8);
    }
    Signal.scale(out, 0.3f / Math.max(1e-6f, Signal.peak(out)));
    return out;
  }

  /** White or pink noise at the given root mean square. */
  static float[] noise(Noise.Colour colour, double rms, double seconds, SceneRandom r) {
    float[] out = new float[Signal.samples(seconds)];
    NOISE.add(out, colour, rms, r);
    return out;
  }

  /** A band-limited buzz of unit period. */
  private static double buzz(double phase, int harmonics) {
    double sum = 0;
    double turn = 2 * Math.PI * (phase - Math.floor(phase));
    for (int h = 1; h <= harmonics; h++) {
      sum += Math.sin(h * turn) / h;
    }
    return sum;
  }

  private static void formants(float[] samples, double first, double second, double third) {
    float[] sum = new float[samples.length];
    double[] centres = {first, second, third};
    double[] gains = {1, 0.7, 0.4};
    for (int f = 0; f < centres.length; f++) {
      float[] band = samples.clone();
      Biquad.bandPass(centres[f], 4).apply(band);
      Signal.add(sum, 0, band, (float) gains[f]);
    }
    System.arraycopy(sum, 0, samples, 0, samples.length);
  }

  private static DrySound sound(String label, String kind, float[] samples, int from, int to) {
    return DrySound.plain(label, "synthetic:" + kind, kind, samples, List.of(new Region(from, to)));
  }
}
