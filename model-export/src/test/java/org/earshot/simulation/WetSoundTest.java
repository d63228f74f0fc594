package org.earshot.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.earshot.simulation.ActiveRegionFinder.Region;
import org.junit.jupiter.api.Test;

class WetSoundTest {
  @Test
  void twoSoundsSumAtFullScale() {
    WetSound joined = sound(100, 1, 0, 100).joinedBy(sound(100, 1, 0, 100), 50, 0.5f);
    assertThat(joined.pcm()).hasSize(150);
    assertThat((int) joined.pcm()[75]).isEqualTo(32767); // both sound
    assertThat(joined.pcm()[25] / 32767.0).isBetween(0.66, 0.67); // 1 of 1.5
    assertThat(joined.pcm()[125] / 32767.0).isBetween(0.33, 0.34); // 0.5 of 1.5
  }

  @Test
  void episodesThatTouchBecomeOne() {
    WetSound joined = sound(100, 1, 10, 60).joinedBy(sound(100, 1, 0, 30), 50, 1);
    assertThat(joined.episodes()).containsExactly(new Region(10, 80));
  }

  @Test
  void episodesApartStayApartAndInOrder() {
    WetSound joined = sound(200, 1, 150, 190).joinedBy(sound(100, 1, 0, 30), 50, 1);
    assertThat(joined.episodes()).containsExactly(new Region(50, 80), new Region(150, 190));
    assertThat(joined.dry().label()).isEqualTo("dog_bark");
  }

  @Test
  void bothSourcesAreNamed() {
    WetSound joined = sound(100, 1, 0, 100).joinedBy(sound(100, 1, 0, 100), 50, 1);
    TruthEvent event = new TruthEvent("dog_bark", 1, 2, 6, joined.dry().source());
    assertThat(event.sources()).containsExactly("test", "test");
    assertThat(new TruthEvent("dog_bark", 1, 2, 6, "one.flac").sources())
        .containsExactly("one.flac");
  }

  private static WetSound sound(int length, float value, int from, int to) {
    short[] pcm = new short[length];
    Arrays.fill(pcm, (short) (value * 32767));
    List<Region> episodes = List.of(new Region(from, to));
    DrySound dry = DrySound.plain("dog_bark", "test", "recording", new float[0], episodes);
    return new WetSound(dry, pcm, episodes, "none", "near");
  }
}
