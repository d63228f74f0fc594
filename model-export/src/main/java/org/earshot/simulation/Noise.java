package org.earshot.simulation;

/** Stationary noises from seeded tables; immutable and thread-safe. */
final class Noise {
  /** Spectral slopes: 0, -3 and -6 dB an octave. */
  enum Colour {
    WHITE,
    PINK,
    BROWN
  }

  private static final int TABLE_SAMPLES = 1 << 18; // 16 s

  private final float[] white;
  private final float[] pink;
  private final float[] brown;

  Noise(long seed) {
    SceneRandom random = new SceneRandom(seed);
    white = new float[TABLE_SAMPLES];
    pink = new float[TABLE_SAMPLES];
    brown = new float[TABLE_SAMPLES];
    double[] state = new double[3];
    double walk = 0;
    for (int i = 0; i < TABLE_SAMPLES; i++) {
      double w = random.gaussian();
      white[i] = (float) w;
      // P. Kellet's "economy" pink filter: within 0.5 dB of -3 dB an octave above 10 Hz.
      state[0] = 0.99765 * state[0] + w * 0.0990460;
      state[1] = 0.96300 * state[1] + w * 0.2965164;
      state[2] = 0.57000 * state[2] + w * 1.0526913;
      pink[i] = (float) (state[0] + state[1] + state[2] + w * 0.1848);
      walk = 0.996 * walk + w;
      brown[i] = (float) walk;
    }
    normalise(pink);
    normalise(brown);
  }

  /** Adds noise of the given root mean square to {@code out}. */
  void add(float[] out, Colour colour, double rms, SceneRandom random) {
    float[] table =
        switch (colour) {
          case WHITE -> white;
          case PINK -> pink;
          case BROWN -> brown;
        };
    int at = random.below(TABLE_SAMPLES);
    float gain = (float) (random.chance(0.5) ? rms : -rms);
    for (int i = 0; i < out.length; i++) {
      out[i] += gain * table[at];
      at = (at + 1) & (TABLE_SAMPLES - 1);
    }
  }

  /** Adds mains hum: 50 or 60 Hz with falling harmonics. */
  static void addHum(float[] out, double amplitude, SceneRandom random) {
    double base = random.chance(0.5) ? 50 : 60;
    double[] partials = new double[10];
    for (int h = 0; h < partials.length; h++) {
      partials[h] = amplitude * random.uniform(0, 1) / (1 + h * random.uniform(0.2, 1));
    }
    for (int h = 0; h < partials.length; h++) {
      addSine(out, base * (h + 1), partials[h], random.uniform(0, 2 * Math.PI));
    }
  }

  static void addSine(float[] out, double frequencyHz, double amplitude, double phase) {
    double w = 2 * Math.PI * frequencyHz / Signal.SAMPLE_RATE_HZ;
    double k = 2 * Math.cos(w); // recurrence s[n] = k s[n-1] - s[n-2]
    double previous = amplitude * Math.sin(phase - w);
    double before = amplitude * Math.sin(phase - 2 * w);
    for (int i = 0; i < out.length; i++) {
      double value = k * previous - before;
      out[i] += (float) value;
      before = previous;
      previous = value;
    }
  }

  private static void normalise(float[] table) {
    Signal.scale(table, (float) (1 / Signal.rms(table)));
  }
}
