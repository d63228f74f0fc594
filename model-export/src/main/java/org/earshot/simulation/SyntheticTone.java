package org.earshot.simulation;

/** Wavetable oscillator of a {@link ToneSpec}; partials above 7.9 kHz are left out. One thread. */
final class SyntheticTone implements BeepTone {
  private static final int TABLE_SIZE = 2048;
  private static final double HIGHEST_HZ = 7900;

  private final ToneSpec spec;
  private final float[] table;

  SyntheticTone(ToneSpec spec) {
    this.spec = spec;
    this.table = new float[TABLE_SIZE + 1];
    double sum = 0;
    double top = spec.frequencyHz() * (1 + Math.abs(spec.sweep()) + spec.vibratoDepth());
    for (int h = 1; h <= spec.partials().length && (h == 1 || h * top < HIGHEST_HZ); h++) {
      double amplitude = spec.partials()[h - 1];
      sum += amplitude;
      for (int i = 0; i <= TABLE_SIZE; i++) {
        table[i] += (float) (amplitude * Math.sin(2 * Math.PI * h * i / TABLE_SIZE));
      }
    }
    Signal.scale(table, (float) (1 / sum));
  }

  @Override
  public String source() {
    return "synthetic";
  }

  @Override
  public int addBeep(float[] out, int at, int length, double pitchRatio, SceneRandom random) {
    int ringing = (int) Math.min(8 * spec.releaseSeconds() * Signal.SAMPLE_RATE_HZ, 16_000);
    double attack = Math.max(1, spec.attackSeconds() * Signal.SAMPLE_RATE_HZ);
    double release = Math.exp(-1 / Math.max(1, spec.releaseSeconds() * Signal.SAMPLE_RATE_HZ));
    double decay = Math.exp(-spec.decayPerSecond() / Signal.SAMPLE_RATE_HZ);
    double base =
        spec.frequencyHz() * pitchRatio * (1 + spec.drift() * Signal.seconds(Math.max(0, at)) / 60);
    double phase = random.uniform(0, 1);
    double phase2 = random.uniform(0, 1);
    double roughPhase = random.uniform(0, 1);
    double vibratoPhase = random.uniform(0, 1);
    double step = base / Signal.SAMPLE_RATE_HZ;
    double step2 = spec.secondHz() * pitchRatio / Signal.SAMPLE_RATE_HZ;
    double level = 1;
    double bend = 1;
    int total = Math.min(length + ringing, out.length - at);
    for (int i = 0; i < total; i++) {
      if ((i & 15) == 0) {
        double along = Math.min(1, (double) i / length);
        bend = 1 + spec.sweep() * (along - 0.5);
        if (spec.vibratoHz() > 0) {
          vibratoPhase += 16 * spec.vibratoHz() / Signal.SAMPLE_RATE_HZ;
          bend *= 1 + spec.vibratoDepth() * Math.sin(2 * Math.PI * vibratoPhase);
        }
      }
      double value = sample(phase);
      phase += step * bend;
      phase -= (int) phase;
      if (spec.secondGain() > 0 && step2 < 0.49) {
        value += spec.secondGain() * sine(phase2);
        phase2 += step2 * bend;
        phase2 -= (int) phase2;
      }
      if (spec.roughHz() > 0) {
        value *= 1 - spec.roughDepth() * (0.5 + 0.5 * sine(roughPhase));
        roughPhase += spec.roughHz() / Signal.SAMPLE_RATE_HZ;
        roughPhase -= (int) roughPhase;
      }
      level *= i < length ? decay : release;
      double rise = i < attack ? i / attack : 1;
      if (at + i >= 0) {
        out[at + i] += (float) (value * level * rise);
      }
    }
    return length;
  }

  private double sample(double phase) {
    double at = phase * TABLE_SIZE;
    int index = (int) at;
    return table[index] + (at - index) * (table[index + 1] - table[index]);
  }

  /** Sine of a whole turn's fraction, by a parabola corrected to 0.1 %. */
  private static double sine(double phase) {
    double x = 2 * phase - 1; // -1..1 is one turn, negated
    double y = 4 * x * (1 - Math.abs(x));
    return -(0.225 * (y * Math.abs(y) - y) + y);
  }
}
