package org.earshot.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.earshot.dataset.ClipTags;
import org.earshot.dataset.Part;
import org.earshot.simulation.SceneSimulator;
import org.earshot.simulation.SceneSpec;
import org.earshot.simulation.Soundscape;
import org.junit.jupiter.api.Test;

class ExampleEncoderTest {
  private static final int STEPS = 120;

  private final ExampleEncoder encoder =
      new ExampleEncoder(TrainingFixtures.options(2), ClipTags.NONE);
  private final SceneSimulator scenes =
      new SceneSimulator(TrainingFixtures.library(), Part.TRAIN, SceneSpec.training());
  private final Soundscape scene = scenes.render(1);

  @Test
  void aSceneAfterAnotherHasTheFeaturesOfOneRecordingOfBoth() {
    float[] before = scenes.render(2).samples();
    int hops = before.length / 160; // the odd samples at its beginning are left out
    float[] both = new float[hops * 160 + scene.samples().length];
    System.arraycopy(before, before.length - hops * 160, both, 0, hops * 160);
    System.arraycopy(scene.samples(), 0, both, hops * 160, scene.samples().length);
    byte[] whole = encoder.inputs(both, STEPS + hops / 3 + 1);
    byte[] warm = encoder.encode(before, scene, STEPS).inputs();
    int frameInputs = warm.length / STEPS / 3;
    assertThat(warm)
        .isEqualTo(Arrays.copyOfRange(whole, hops * frameInputs, hops * frameInputs + warm.length));
  }

  @Test
  void aSceneAloneHasTheFeaturesOfAReset() {
    byte[] alone = encoder.encode(scene, STEPS).inputs();
    assertThat(alone).isEqualTo(encoder.inputs(scene.samples(), STEPS));
    assertThat(encoder.encode(scenes.render(2).samples(), scene, STEPS).inputs())
        .isNotEqualTo(alone);
  }
}
