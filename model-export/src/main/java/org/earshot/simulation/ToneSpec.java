package org.earshot.simulation;

/**
 * The sound of one sounder: pitch, harmonics, modulation and envelope.
 *
 * @param frequencyHz fundamental
 * @param partials amplitudes of harmonics 1, 2, 3, ... of the fundamental
 * @param secondHz a second, inharmonic tone, or 0
 * @param secondGain its amplitude
 * @param sweep relative pitch change over one beep, e.g. 0.02
 * @param drift relative pitch change between the first beep and a minute later
 * @param vibratoHz rate of a pitch modulation (fast sweeping sounders), or 0
 * @param vibratoDepth its relative depth
 * @param roughHz rate of an amplitude modulation, or 0
 * @param roughDepth its depth, 0 to 1
 * @param attackSeconds rise time
 * @param releaseSeconds time constant of the ringing after a beep
 * @param decayPerSecond exponential fall during a beep (bells), 0 for none
 */
@SuppressWarnings("ArrayRecordComponent")
record ToneSpec(
    double frequencyHz,
    double[] partials,
    double secondHz,
    double secondGain,
    double sweep,
    double drift,
    double vibratoHz,
    double vibratoDepth,
    double roughHz,
    double roughDepth,
    double attackSeconds,
    double releaseSeconds,
    double decayPerSecond) {

  /** Families of sounders. */
  enum Voice {
    /** Piezo disc: nearly a sine, odd harmonics, sometimes a sub-harmonic. */
    PIEZO,
    /** Two discs or two modes at once. */
    PAIR,
    /** Square wave through a small loudspeaker. */
    SQUARE,
    /** Piezo whose pitch sweeps within each beep. */
    SWEEP,
    /** Struck or chime-like, decaying. */
    BELL
  }

  static ToneSpec draw(SceneRandom r, double frequencyHz, Voice voice) {
    double f = frequencyHz;
    double[] partials =
        switch (voice) {
          case SQUARE -> square(r, f);
          case BELL -> new double[] {1, r.uniform(0, 0.4), r.uniform(0, 0.3), r.uniform(0, 0.15)};
          case PIEZO, PAIR, SWEEP -> piezo(r);
        };
    double second = 0;
    double secondGain = 0;
    if (voice == Voice.PAIR) {
      second = f * (r.chance(0.5) ? r.uniform(0.6, 0.72) : r.uniform(0.5, 1.6));
      secondGain = r.logUniform(0.15, 1);
    } else if (voice == Voice.BELL) {
      second = f * r.uniform(2.1, 2.9);
      secondGain = r.uniform(0, 0.5);
    } else if (r.chance(0.15)) {
      second = f * 0.5;
      secondGain = r.logUniform(0.03, 0.4);
    }
    boolean rough = r.chance(0.2);
    boolean swept = voice == Voice.SWEEP;
    return new ToneSpec(
        f,
        partials,
        second,
        secondGain,
        swept ? r.uniform(-0.35, 0.35) : r.chance(0.4) ? r.uniform(-0.03, 0.03) : 0,
        r.uniform(-0.02, 0.02),
        swept && r.chance(0.5) ? r.uniform(4, 60) : 0,
        swept ? r.uniform(0.02, 0.15) : 0,
        rough ? r.logUniform(20, 250) : 0,
        rough ? r.uniform(0.1, 0.9) : 0,
        r.logUniform(0.001, 0.02),
        voice == Voice.BELL ? r.logUniform(0.1, 0.5) : r.logUniform(0.001, 0.03),
        voice == Voice.BELL ? r.logUniform(2, 9) : r.chance(0.25) ? r.logUniform(0.2, 3) : 0);
  }

  private static double[] piezo(SceneRandom r) {
    if (r.chance(0.25)) {
      return new double[] {1};
    }
    return new double[] {
      1, r.logUniform(0.003, 0.5), r.logUniform(0.01, 0.6), r.logUniform(0.003, 0.2)
    };
  }

  private static double[] square(SceneRandom r, double f) {
    int count = Math.max(1, (int) (7900 / f));
    double[] partials = new double[count];
    double rollOff = r.uniform(0.8, 1.5);
    double even = r.chance(0.3) ? r.uniform(0.02, 0.4) : 0.01;
    double resonanceHz = r.logUniform(700, 4000); // the small loudspeaker's own colour
    double resonanceGain = r.logUniform(1, 4);
    for (int i = 0; i < count; i++) {
      double octaves = Math.log((i + 1) * f / resonanceHz) / Math.log(2);
      double colour = 1 + (resonanceGain - 1) * Math.exp(-octaves * octaves * 2);
      partials[i] = colour * (i % 2 == 0 ? 1 : even) * Math.pow(i + 1, -rollOff);
    }
    return partials;
  }
}
