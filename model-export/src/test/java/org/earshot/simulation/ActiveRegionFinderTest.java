package org.earshot.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.earshot.simulation.ActiveRegionFinder.Region;
import org.junit.jupiter.api.Test;

final class ActiveRegionFinderTest {
  private final ActiveRegionFinder finder = new ActiveRegionFinder(0.5, 30);

  @Test
  void findsAnOnsetWithinTwentyMilliseconds() {
    for (long seed = 0; seed < 20; seed++) {
      double onset = 0.3 + 0.037 * seed;
      List<Region> regions = finder.find(TestClips.burst(2, onset, 0.4, seed));
      assertThat(regions).as("seed %d", seed).hasSize(1);
      assertThat(Signal.seconds(regions.get(0).fromSample())).isBetween(onset - 0.02, onset + 0.02);
      assertThat(Signal.seconds(regions.get(0).toSample())).isBetween(onset + 0.3, onset + 0.5);
    }
  }

  @Test
  void ignoresDigitalSilenceAroundAClip() {
    float[] padded = new float[80_000];
    float[] burst = TestClips.burst(0.4, 0, 0.4, 3);
    System.arraycopy(burst, 0, padded, 20_000, burst.length);
    List<Region> regions = finder.find(padded);
    assertThat(regions).hasSize(1);
    assertThat(regions.get(0).fromSample()).isBetween(19_680, 20_320);
  }

  @Test
  void joinsNearPartsAndSplitsFarOnes() {
    float[] samples = TestClips.burst(5, 0.5, 0.2, 1);
    Signal.add(samples, 0, TestClips.burst(5, 1.0, 0.2, 2), 1);
    Signal.add(samples, 0, TestClips.burst(5, 3.0, 0.2, 3), 1);
    List<Region> regions = finder.find(samples);
    assertThat(regions).hasSize(2);
    assertThat(Signal.seconds(regions.get(0).toSample())).isBetween(1.1, 1.3);
    assertThat(Signal.seconds(regions.get(1).fromSample())).isBetween(2.97, 3.03);
  }

  @Test
  void aClipThatStartsInTheMiddleIsActiveFromItsFirstSample() {
    List<Region> regions = finder.find(TestClips.burst(2, 0, 0.8, 5));
    assertThat(regions.get(0).fromSample()).isZero();
  }

  @Test
  void aSteadySoundIsActiveThroughout() {
    float[] steady = new float[32_000];
    new Noise(1).add(steady, Noise.Colour.WHITE, 0.1, new SceneRandom(1));
    assertThat(finder.find(steady)).containsExactly(new Region(0, 32_000));
  }

  @Test
  void digitalSilenceHasNoRegion() {
    assertThat(finder.find(new float[16_000])).isEmpty();
  }
}
