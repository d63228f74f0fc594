package org.earshot.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a cheap microphone, its amplifier and a codec do to a scene; every part is drawn anew.
 *
 * <p>The band limits are drawn for every scene alike, so that no bandwidth goes with a class.
 */
final class Degradation {
  private final SceneSpec spec;

  Degradation(SceneSpec spec) {
    this.spec = spec;
  }

  /** Degrades in place and returns what was done, in words. */
  String apply(float[] scene, SceneRandom r) {
    List<String> done = new ArrayList<>();
    colour(scene, r, done);
    if (r.chance(0.1)) {
      automaticGain(scene, r);
      done.add("agc");
    }
    normalise(scene, 1);
    if (r.chance(spec.clippingShare())) {
      clip(scene, r, done);
    }
    if (r.chance(spec.codecShare())) {
      codec(scene, r, done);
    }
    if (r.chance(0.01)) {
      dropOut(scene, r);
      done.add("drop-outs");
    }
    float level = Signal.gain(r.uniform(spec.quietestPeakDb(), spec.loudestPeakDb()));
    normalise(scene, level);
    if (r.chance(0.05)) {
      float offset = (float) (r.uniform(-0.02, 0.02) * level);
      for (int i = 0; i < scene.length; i++) {
        scene[i] += offset;
      }
      done.add("offset");
    }
    Codec.quantise(scene, 16);
    return done.isEmpty() ? "clean" : String.join("+", done);
  }

  private static void colour(float[] scene, SceneRandom r, List<String> done) {
    Biquad.highPass(r.logUniform(30, 200), r.uniform(0.5, 0.9)).apply(scene);
    if (r.chance(0.45)) {
      double corner = r.logUniform(3500, 7600);
      Biquad lowPass = Biquad.lowPass(corner, r.uniform(0.5, 0.9));
      lowPass.apply(scene);
      if (r.chance(0.5)) {
        lowPass.apply(scene);
      }
      done.add("band-limited");
    }
    if (r.chance(0.6)) {
      Biquad.highShelf(r.logUniform(1500, 5000), r.uniform(-9, 7)).apply(scene);
    }
    if (r.chance(0.4)) {
      Biquad.lowShelf(r.logUniform(150, 600), r.uniform(-8, 8)).apply(scene);
    }
    if (r.chance(0.4)) {
      Biquad.peaking(r.logUniform(300, 6000), r.uniform(0.7, 3), r.uniform(-6, 7)).apply(scene);
    }
  }

  /** Slow gain that follows the level: falls in 50 ms, recovers within seconds. */
  private static void automaticGain(float[] scene, SceneRandom r) {
    double strength = r.uniform(0.3, 0.8);
    double recovery = Math.exp(-1 / (r.uniform(0.5, 3) * Signal.SAMPLE_RATE_HZ));
    double attack = Math.exp(-1 / (0.05 * Signal.SAMPLE_RATE_HZ));
    double level = Math.max(1e-6, Signal.rms(scene));
    double reference = level;
    float gain = 1;
    for (int i = 0; i < scene.length; i++) {
      double x = Math.abs(scene[i]);
      double pole = x > level ? attack : recovery;
      level = pole * level + (1 - pole) * x;
      if ((i & 31) == 0) {
        gain = (float) Math.pow(reference / Math.max(level, 0.05 * reference), strength);
      }
      scene[i] *= gain;
    }
  }

  private static void clip(float[] scene, SceneRandom r, List<String> done) {
    float drive = Signal.gain(r.uniform(2, 14));
    boolean soft = r.chance(0.5);
    for (int i = 0; i < scene.length; i++) {
      float x = drive * scene[i];
      scene[i] = soft ? (float) Math.tanh(x) : Math.max(-1, Math.min(1, x));
    }
    done.add(soft ? "soft-clipped" : "clipped");
  }

  private static void codec(float[] scene, SceneRandom r, List<String> done) {
    normalise(scene, Signal.gain(r.uniform(-20, -1)));
    switch (r.below(3)) {
      case 0 -> {
        Codec.muLaw(scene);
        done.add("mu-law");
      }
      case 1 -> {
        Codec.imaAdpcm(scene);
        done.add("adpcm");
      }
      default -> {
        int bits = r.between(9, 12);
        Codec.quantise(scene, bits);
        done.add(bits + "-bit");
      }
    }
  }

  private static void dropOut(float[] scene, SceneRandom r) {
    int count = r.between(1, 4);
    for (int i = 0; i < count; i++) {
      int length = Signal.samples(r.logUniform(0.005, 0.08));
      int from = r.below(scene.length - length);
      Arrays.fill(scene, from, from + length, 0);
    }
  }

  private static void normalise(float[] scene, float peak) {
    float now = Signal.peak(scene);
    if (now > 1e-9f) {
      Signal.scale(scene, peak / now);
    }
  }
}
