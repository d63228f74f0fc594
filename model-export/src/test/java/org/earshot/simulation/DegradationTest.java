package org.earshot.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DegradationTest {
  private static float[] scene(long seed) {
    float[] scene = new float[32_000];
    new Noise(seed).add(scene, Noise.Colour.PINK, 0.1, new SceneRandom(seed));
    return scene;
  }

  @Test
  void nothingClipsUnlessAsked() {
    Degradation degradation = new Degradation(SceneSpec.training().withClippingShare(0));
    for (long seed = 0; seed < 40; seed++) {
      float[] scene = scene(seed);
      degradation.apply(scene, new SceneRandom(seed));
      float peak = Signal.peak(scene);
      int atPeak = 0;
      for (float sample : scene) {
        atPeak += Math.abs(sample) >= 0.999f * peak ? 1 : 0;
      }
      assertThat(peak).as("seed %d", seed).isBetween(0.005f, 1f);
      assertThat(atPeak).as("seed %d", seed).isLessThan(40);
    }
  }

  @Test
  void clippedScenesHaveManySamplesAtTheirPeak() {
    SceneSpec spec = SceneSpec.training().withClippingShare(1).withCodecShare(0);
    Degradation degradation = new Degradation(spec);
    boolean found = false;
    for (long seed = 0; seed < 20 && !found; seed++) {
      float[] scene = scene(seed);
      String done = degradation.apply(scene, new SceneRandom(seed));
      float peak = Signal.peak(scene);
      int atPeak = 0;
      for (float sample : scene) {
        atPeak += Math.abs(sample) >= 0.99f * peak ? 1 : 0;
      }
      assertThat(done).contains("clipped");
      found = atPeak > 100;
    }
    assertThat(found).isTrue();
  }

  @Test
  void codecsKeepTheSignalAndAddNoise() {
    float[] original = new float[16_000];
    Noise.addSine(original, 440, 0.5, 0);
    float[] muLaw = original.clone();
    Codec.muLaw(muLaw);
    float[] adpcm = original.clone();
    Codec.imaAdpcm(adpcm);
    float[] coarse = original.clone();
    Codec.quantise(coarse, 10);
    assertThat(signalToNoiseDb(original, muLaw)).isBetween(30.0, 45.0);
    assertThat(signalToNoiseDb(original, adpcm)).isBetween(20.0, 60.0);
    assertThat(signalToNoiseDb(original, coarse)).isBetween(50.0, 62.0);
  }

  @Test
  void levelsSpreadOverTheRangeOfTheSpecification() {
    Degradation degradation = new Degradation(SceneSpec.training());
    double quietest = 0;
    double loudest = -100;
    for (long seed = 0; seed < 60; seed++) {
      float[] scene = scene(seed);
      degradation.apply(scene, new SceneRandom(seed));
      double db = 20 * Math.log10(Signal.peak(scene));
      quietest = Math.min(quietest, db);
      loudest = Math.max(loudest, db);
    }
    assertThat(quietest).isBetween(-41.0, -30.0);
    assertThat(loudest).isBetween(-10.0, 0.0);
  }

  private static double signalToNoiseDb(float[] original, float[] coded) {
    double signal = 0;
    double noise = 0;
    for (int i = 2000; i < original.length; i++) {
      double error = coded[i] - original[i];
      signal += (double) original[i] * original[i];
      noise += error * error;
    }
    return 10 * Math.log10(signal / noise);
  }
}
