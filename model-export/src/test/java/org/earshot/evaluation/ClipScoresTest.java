package org.earshot.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.earshot.dataset.Clip;
import org.earshot.dataset.ClipLibrary;
import org.earshot.dataset.Part;
import org.earshot.detect.StepTiming;
import org.junit.jupiter.api.Test;

class ClipScoresTest {
  private static final int DOG_SAMPLES = 3 * 16_000;
  private static final int COUGH_SAMPLES = 2 * 16_000;
  private static final int PADDING_SAMPLES = 2 * 16_000;

  /** Half sure of a dog for as long as one barks, quite sure for one step of a cough. */
  private static final class Wavering implements PosteriorSource {
    @Override
    public List<String> events() {
      return List.of("dog_bark");
    }

    @Override
    public LogitTrack track(float[] samples) {
      LogitTrack.Builder track = new LogitTrack.Builder(1);
      boolean dog = samples.length == DOG_SAMPLES + PADDING_SAMPLES;
      boolean cough = samples.length == COUGH_SAMPLES + PADDING_SAMPLES;
      for (int step = 0; step * 960 + 1200 <= samples.length; step++) {
        float low = -1;
        float value = dog ? 2 : cough && step == 20 ? 3 : low;
        track.add(new float[] {value}, 0);
      }
      return track.build(new StepTiming(960, 1200));
    }
  }

  private static Clip clip(String label, int number, int samples) {
    Random random = new Random(label.hashCode() + number);
    float[] noise = new float[samples];
    for (int i = 0; i < samples; i++) {
      noise[i] = (float) (0.1 * random.nextGaussian());
    }
    String path = label + "/" + number + ".wav";
    return new Clip(path, label, Part.VALIDATION, "made", path, "CC0", noise);
  }

  @Test
  void lastingEvidenceWinsByLinearSoftmaxAndOneMomentByMaximum() throws IOException {
    List<Clip> clips = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      clips.add(clip("dog_bark", i, DOG_SAMPLES));
      clips.add(clip("other_cough", i, COUGH_SAMPLES));
    }
    ClipSet set = ClipSet.of(ClipLibrary.of(clips), 1);

    ClipScores scores =
        ClipScores.of("wavering", set, LevelModel.of("dog_bark").heads(), Wavering::new, 1);

    assertThat(scores.detector()).isEqualTo("wavering");
    assertThat(scores.area("dog_bark", ClipPooling.LINEAR_SOFTMAX)).isEqualTo(1);
    assertThat(scores.area("dog_bark", ClipPooling.MAXIMUM)).isLessThan(1).isGreaterThan(0.9);
    assertThat(scores.meanArea(ClipPooling.LINEAR_SOFTMAX)).isEqualTo(1);
    assertThat(scores.area("siren", ClipPooling.MAXIMUM)).isNaN();
  }
}
