package org.earshot.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.earshot.simulation.ActiveRegionFinder.Region;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GlassSynthesizerTest {
  private static DrySound glass(long seed) {
    return GlassSynthesizer.render(new SceneRandom(seed));
  }

  @Test
  void aSeedGivesOneSoundAndAnotherSeedAnother() {
    assertThat(glass(3).samples()).isEqualTo(glass(3).samples());
    assertThat(glass(3).samples()).isNotEqualTo(glass(4).samples());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void truthBeginsWithTheBlowAndEndsWithTheLastShardsThatMatter(long seed) {
    DrySound sound = glass(seed);
    assertThat(sound.label()).isEqualTo("glass_break");
    assertThat(Signal.peak(sound.samples())).isBetween(0.89f, 0.91f);
    assertThat(sound.episodes()).hasSize(1);
    Region episode = sound.episodes().get(0);
    assertThat(episode.fromSample()).isEqualTo(Signal.samples(0.02));
    assertThat(Signal.seconds(episode.toSample() - episode.fromSample())).isBetween(0.3, 2.6);
    assertThat(episode.toSample()).isLessThanOrEqualTo(sound.samples().length);
    double[] sums = Signal.powerSums(sound.samples());
    double before = Signal.meanPower(sums, 0, episode.fromSample() - 1);
    double during = Signal.meanPower(sums, episode.fromSample(), episode.toSample());
    double after = Signal.meanPower(sums, episode.toSample(), sound.samples().length);
    assertThat(before).isLessThan(1e-6 * during);
    assertThat(after).isLessThan(0.1 * during);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shardsRingHighAndTheBlowIsLoudest(long seed) {
    DrySound sound = glass(seed);
    float[] high = sound.samples().clone();
    Biquad.highPass(1000, 0.7).apply(high);
    assertThat(Signal.rms(high)).isGreaterThan(0.8 * Signal.rms(sound.samples()));
    double[] sums = Signal.powerSums(sound.samples());
    double first = Signal.meanPower(sums, Signal.samples(0.02), Signal.samples(0.32));
    double later = Signal.meanPower(sums, Signal.samples(1), sound.samples().length);
    assertThat(later).isLessThan(0.1 * first);
  }
}
