package org.earshot.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.kernel.Kernel;
import org.earshot.model.ConvolutionLayer;
import org.earshot.model.QuantizedMatrix;
import org.earshot.model.SoundModel;
import org.earshot.testing.TestModels;
import org.junit.jupiter.api.Test;

class StreamingNetworkTest {
  private static final int BANDS = 64;

  @Test
  void completesAStepEveryThreeFrames() {
    StreamingNetwork network = new StreamingNetwork(TestModels.random(1, 5, "siren"));
    for (int frame = 0; frame < 30; frame++) {
      assertThat(network.accept(new float[BANDS])).isEqualTo(frame % 3 == 2);
      assertThat(network.steps()).isEqualTo((frame + 1) / 3);
    }
  }

  @Test
  void lanesGiveTheReferencesPosteriorsBitForBit() {
    for (int hidden : new int[] {1, 13, 64, 207}) {
      SoundModel model = TestModels.random(hidden, hidden, "siren", "dog_bark", "baby_cry");
      assertLanesEqualReference(model, hidden);
    }
  }

  @Test
  void agreesWithADirectDoublePrecisionEvaluation() {
    assertAgreesWithDirect(TestModels.random(7, 24, "siren", "door_knock"), "standard");
  }

  @Test
  void convolutionsOfAllShapesAgreeWithADirectEvaluation() {
    for (List<ConvolutionLayer> convolutions : TestModels.convolutionStacks(new Random(11))) {
      assertAgreesWithDirect(model(convolutions), convolutions.toString());
    }
  }

  @Test
  void randomConvolutionsGiveTheSameInLanesReferenceAndDirectly() {
    for (long seed = 1; seed <= 40; seed++) {
      Random random = new Random(seed);
      List<ConvolutionLayer> convolutions = TestModels.randomConvolutions(random, 3, BANDS);
      SoundModel model = model(convolutions);
      assertAgreesWithDirect(model, "seed " + seed + ": " + convolutions);
      assertLanesEqualReference(model, seed);
    }
  }

  @Test
  void lanesGiveTheReferencesPosteriorsThroughConvolutionsOfAllShapes() {
    for (List<ConvolutionLayer> convolutions : TestModels.convolutionStacks(new Random(12))) {
      assertLanesEqualReference(model(convolutions), 12);
    }
  }

  @Test
  void tapsSeeNoStepFromBeforeAReset() {
    for (List<ConvolutionLayer> convolutions : TestModels.convolutionStacks(new Random(13))) {
      StreamingNetwork network = new StreamingNetwork(model(convolutions));
      float fresh = run(network, 3);
      run(network, 31);
      network.reset();
      assertThat(run(network, 3)).as(convolutions.toString()).isEqualTo(fresh);
    }
  }

  @Test
  void aTapSeesTheStepThatManyStepsAgo() {
    // Three taps over all bands; only the oldest one has a weight, on band 5 of the last frame.
    byte[] weights = new byte[3 * BANDS * 3];
    weights[5 * 3 + 2] = 127;
    QuantizedMatrix oldest = new QuantizedMatrix(1, weights.length, weights, new float[] {1});
    SoundModel model =
        model(List.of(new ConvolutionLayer(3, BANDS, BANDS, 1, 3, oldest, new float[1], 1)));
    StreamingNetwork struck = new StreamingNetwork(model);
    StreamingNetwork quiet = new StreamingNetwork(model);
    for (int step = 0; step < 4; step++) {
      for (int frame = 0; frame < 3; frame++) {
        float[] features = new float[BANDS];
        quiet.accept(features);
        features[5] = step == 0 && frame == 2 ? 1 : 0;
        struck.accept(features);
      }
      boolean heard = struck.logit(0) != quiet.logit(0);
      assertThat(heard).as("step %d", step).isEqualTo(step >= 2);
    }
  }

  private static SoundModel model(List<ConvolutionLayer> convolutions) {
    return TestModels.random(
        new Random(21), FeatureSpec.standard(), convolutions, 12, 5, "siren", "door_knock");
  }

  private static void assertAgreesWithDirect(SoundModel model, String description) {
    StreamingNetwork network = new StreamingNetwork(model);
    Random random = new Random(7);
    double spread = 0;
    for (int stream = 0; stream < 2; stream++) {
      network.reset();
      DirectNetwork direct = new DirectNetwork(model);
      for (int step = 0; step < 20; step++) {
        float[] stack = TestModels.floats(random, 3 * BANDS, 1);
        for (int frame = 0; frame < 3; frame++) {
          network.accept(Arrays.copyOfRange(stack, frame * BANDS, (frame + 1) * BANDS));
        }
        double[] logits = direct.step(stack);
        for (int head = 0; head < 2; head++) {
          // A unit may round the other way where the tables err by 6e-6 or a sum is at a half.
          assertThat((double) network.logit(head))
              .as("%s, stream %d, step %d", description, stream, step)
              .isCloseTo(logits[head], within(0.03));
          spread = Math.max(spread, Math.abs(logits[head] - logits[1 - head]));
        }
      }
    }
    assertThat(spread).as("the heads differ, so the comparison says something").isGreaterThan(0.3);
  }

  private static void assertLanesEqualReference(SoundModel model, long seed) {
    StreamingNetwork lanes = new StreamingNetwork(NetworkWeights.of(model, Kernel.LANES));
    StreamingNetwork reference = new StreamingNetwork(NetworkWeights.of(model, Kernel.REFERENCE));
    Random random = new Random(seed);
    for (int frame = 0; frame < 60; frame++) {
      float[] features = TestModels.floats(random, BANDS, 2);
      assertThat(lanes.accept(features)).isEqualTo(reference.accept(features));
      for (int head = 0; head < model.heads().size(); head++) {
        assertThat(lanes.logit(head)).as("seed %d", seed).isEqualTo(reference.logit(head));
        assertThat(lanes.posterior(head)).isEqualTo(reference.posterior(head));
      }
    }
  }

  @Test
  void aHeadsPosteriorsDoNotDependOnTheHeadsBesideIt() {
    SoundModel all = TestModels.random(3, 20, "siren", "dog_bark", "baby_cry", "glass_break");
    StreamingNetwork many = new StreamingNetwork(all);
    for (String event : all.events()) {
      many.reset();
      StreamingNetwork one = new StreamingNetwork(all.select(Set.of(event)));
      assertThat(one.events()).containsExactly(event);
      Random random = new Random(5);
      for (int frame = 0; frame < 60; frame++) {
        float[] features = TestModels.floats(random, BANDS, 2);
        many.accept(features);
        one.accept(features);
        assertThat(one.posterior(0)).isEqualTo(many.posterior(all.events().indexOf(event)));
      }
    }
  }

  @Test
  void runsWithoutAnyHead() {
    StreamingNetwork network = new StreamingNetwork(TestModels.random(3, 4));
    assertThat(network.heads()).isZero();
    network.accept(new float[BANDS]);
    network.accept(new float[BANDS]);
    assertThat(network.accept(new float[BANDS])).isTrue();
  }

  @Test
  void startsAnewAfterReset() {
    StreamingNetwork network = new StreamingNetwork(TestModels.random(3, 20, "siren"));
    float first = run(network, 31);
    assertThat(run(network, 31)).isNotEqualTo(first);
    network.reset();
    assertThat(network.posterior(0)).isZero();
    assertThat(run(network, 31)).isEqualTo(first);
  }

  @Test
  void streamsThatShareWeightsDoNotShareState() {
    NetworkWeights weights = NetworkWeights.of(TestModels.random(3, 20, "siren"));
    StreamingNetwork alone = new StreamingNetwork(weights);
    float expected = run(alone, 30);
    StreamingNetwork first = new StreamingNetwork(weights);
    run(new StreamingNetwork(weights), 12);
    assertThat(run(first, 30)).isEqualTo(expected);
  }

  @Test
  void survivesFeaturesThatAreNotNumbers() {
    StreamingNetwork network = new StreamingNetwork(TestModels.random(3, 20, "siren"));
    float[] features = new float[BANDS];
    Arrays.fill(features, Float.NaN);
    features[0] = Float.POSITIVE_INFINITY;
    for (int frame = 0; frame < 30; frame++) {
      network.accept(features);
    }
    assertThat(network.posterior(0)).isBetween(0f, 1f);
  }

  @Test
  void refusesAFrameOfAnotherLength() {
    StreamingNetwork network = new StreamingNetwork(TestModels.random(3, 4, "siren"));
    assertThatThrownBy(() -> network.accept(new float[63])).hasMessageContaining("63");
  }

  @Test
  void allocatesNothingPerFrame() {
    StreamingNetwork network = new StreamingNetwork(TestModels.random(3, 32, "siren", "dog_bark"));
    float[] features = TestModels.floats(new Random(1), BANDS, 1);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long grown = Long.MAX_VALUE;
    for (int attempt = 0; attempt < 20 && grown != 0; attempt++) {
      long before = threads.getThreadAllocatedBytes(thread);
      for (int frame = 0; frame < 3000; frame++) {
        network.accept(features);
      }
      grown = threads.getThreadAllocatedBytes(thread) - before;
    }
    assertThat(grown).as("bytes allocated over 3000 frames").isZero();
  }

  private static float run(StreamingNetwork network, int frames) {
    Random random = new Random(9);
    for (int frame = 0; frame < frames; frame++) {
      network.accept(TestModels.floats(random, BANDS, 2));
    }
    return network.posterior(0);
  }
}
