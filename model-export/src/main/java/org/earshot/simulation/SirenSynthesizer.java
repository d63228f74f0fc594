package org.earshot.simulation;

import java.util.List;
import java.util.Locale;

/** Emergency vehicles' sirens: wail, yelp, phaser and hi-lo, passing by or standing. */
final class SirenSynthesizer {
  /** Ways a siren moves its pitch. */
  enum Kind {
    WAIL,
    YELP,
    PHASER,
    HI_LO,
    CIVIL
  }

  private static final int TABLE_SIZE = 1024;

  private SirenSynthesizer() {}

  static DrySound render(double seconds, SceneRandom r) {
    return render(Kind.values()[r.weighted(0.35, 0.2, 0.07, 0.3, 0.08)], seconds, r);
  }

  static DrySound render(Kind kind, double seconds, SceneRandom r) {
    float[] out = new float[Signal.samples(seconds)];
    double lowHz = kind == Kind.HI_LO ? r.uniform(380, 700) : r.uniform(300, 750);
    double highHz =
        switch (kind) {
          case HI_LO -> lowHz * r.uniform(1.2, 1.5);
          case CIVIL -> lowHz * r.uniform(1.0, 1.6);
          default -> lowHz * r.uniform(1.5, 2.7);
        };
    float[] table = wave(r, 1.08 * highHz);
    double rateHz =
        switch (kind) {
          case WAIL -> r.logUniform(0.12, 0.5);
          case YELP -> r.uniform(2, 5);
          case PHASER -> r.uniform(7, 17);
          case HI_LO -> r.uniform(0.5, 1.4);
          case CIVIL -> r.uniform(0.03, 0.15);
        };
    double riseShare = r.chance(0.5) ? 0.5 : r.uniform(0.25, 0.75);
    double curve = r.uniform(0.6, 1.6);
    double passAt = r.uniform(-0.5, 1.5) * seconds; // closest approach, may lie outside
    double speed = r.chance(0.6) ? r.uniform(5, 25) : 0; // m/s
    double beside = r.uniform(8, 40);
    double turn = r.uniform(0, 1);
    double phase = 0;
    double ratio = Math.log(highHz / lowHz);
    double step = 0;
    double level = 0;
    for (int i = 0; i < out.length; i++) {
      if ((i & 31) == 0) {
        double t = Signal.seconds(i);
        double at = turn + t * rateHz;
        at -= Math.floor(at);
        double height;
        if (kind == Kind.HI_LO) {
          height = at < 0.5 ? 0 : 1;
        } else {
          double up = at < riseShare ? at / riseShare : (1 - at) / (1 - riseShare);
          height = Math.pow(up, curve);
        }
        double along = speed * (t - passAt);
        double range = Math.sqrt(along * along + beside * beside);
        double approach = -speed * along / range; // m/s towards the listener
        step = lowHz * Math.exp(ratio * height) / (1 - approach / 343) / Signal.SAMPLE_RATE_HZ;
        level = speed == 0 ? 1 : Math.pow(beside / range, 0.6);
      }
      double p = phase * TABLE_SIZE;
      int index = (int) p;
      out[i] = (float) (level * (table[index] + (p - index) * (table[index + 1] - table[index])));
      phase += step;
      phase -= (int) phase;
    }
    Signal.fade(out, Signal.samples(r.logUniform(0.01, 1.0)), Signal.samples(r.uniform(0.02, 1)));
    if (r.chance(0.5)) { // far away: the air and the street take the top
      Biquad.lowPass(r.logUniform(1200, 5000), 0.7).apply(out);
    }
    return DrySound.plain(
        "siren",
        "synthetic:" + kind.name().toLowerCase(Locale.ROOT),
        kind.name().toLowerCase(Locale.ROOT),
        out,
        List.of(new ActiveRegionFinder.Region(0, out.length)));
  }

  /** One period of a few harmonics, none of which may pass the Nyquist frequency. */
  private static float[] wave(SceneRandom r, double highestHz) {
    float[] table = new float[TABLE_SIZE + 1];
    double rollOff = r.uniform(0.7, 2.2);
    int harmonics = Math.min(r.between(2, 9), (int) Math.max(1, 7900 / highestHz));
    double even = r.uniform(0, 1);
    for (int h = 1; h <= harmonics; h++) {
      double amplitude = Math.pow(h, -rollOff) * (h % 2 == 0 ? even : 1);
      double shift = r.uniform(0, 1);
      for (int i = 0; i <= TABLE_SIZE; i++) {
        table[i] +=
            (float) (amplitude * Math.sin(2 * Math.PI * (h * i / (double) TABLE_SIZE + shift)));
      }
    }
    float peak = Signal.peak(table);
    Signal.scale(table, 1 / peak);
    return table;
  }
}
