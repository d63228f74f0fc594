package org.earshot.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class EmptyClipsTest {
  @Test
  void aCutBetweenTwoSlamsLacksItsSound() {
    float[] hiss = TestClips.burst(1, 0, 1, 3);
    for (int i = 0; i < hiss.length; i++) {
      hiss[i] = 0.01f * ((i * 7919 % 200) - 100) / 100f;
    }
    assertThat(EmptyClips.lacksItsSound(TestClips.clip("door_close", "hiss", hiss))).isTrue();
    assertThat(EmptyClips.lacksItsSound(TestClips.clip("footsteps", "hiss", hiss))).isFalse();
  }

  @Test
  void aSlamIsKept() {
    float[] slam = TestClips.burst(1, 0.3, 0.2, 4);
    assertThat(EmptyClips.lacksItsSound(TestClips.clip("door_close", "slam", slam))).isFalse();
  }

  @Test
  void aSlamAtTheNoiseFloorLacksItsSound() {
    float[] slam = TestClips.burst(1, 0.3, 0.2, 4);
    Signal.scale(slam, 0.005f);
    assertThat(EmptyClips.lacksItsSound(TestClips.clip("door_close", "slam", slam))).isTrue();
  }
}
