package org.earshot.cloud.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Random;
import org.earshot.audio.CorruptAudioException;
import org.earshot.cloud.ingest.Sounds;
import org.junit.jupiter.api.Test;

class ClipAudioTest {
  private static final Duration LONGEST = Duration.ofSeconds(2);

  @Test
  void decodesEverySample() throws CorruptAudioException {
    float[] samples = ClipAudio.decode(Sounds.tone(0.5, 1.25), LONGEST);

    assertThat(samples).hasSize(20_000);
    assertThat(ClipAudio.length(samples.length)).hasMillis(1250);
    assertThat(samples[0]).isZero();
    assertThat(samples[9]).isCloseTo(0.5f, within(0.01f));
  }

  @Test
  void acceptsTheLongestAndRefusesMore() throws CorruptAudioException {
    assertThat(ClipAudio.decode(Sounds.tone(0.5, 2), LONGEST)).hasSize(32_000);
    byte[] longer = Sounds.tone(0.5, 2.001);
    assertThatThrownBy(() -> ClipAudio.decode(longer, LONGEST)).hasMessageContaining("longer");
  }

  @Test
  void damageNeverEndsInAnythingButCorruptAudio() {
    long seed = 20_261_124;
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    byte[] good = Sounds.tone(0.5, 0.3);
    for (int i = 0; i < 300; i++) {
      byte[] bad = good.clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        bad[random.nextInt(i % 2 == 0 ? 60 : bad.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(ClipAudio.decode(bad, LONGEST).length).isLessThanOrEqualTo(32_000);
      } catch (CorruptAudioException e) {
        assertThat(e).hasMessageNotContaining("\n");
      }
    }
  }
}
