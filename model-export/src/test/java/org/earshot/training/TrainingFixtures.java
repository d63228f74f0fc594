package org.earshot.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.earshot.audio.feature.Normalization;
import org.earshot.dataset.Clip;
import org.earshot.dataset.ClipLibrary;
import org.earshot.dataset.Part;
import org.earshot.model.EventLabels;

/** A tiny library of made-up sounds and options small enough for a test. */
public final class TrainingFixtures {
  private TrainingFixtures() {}

  public static TrainingOptions options(int iterations) {
    return options(iterations, TagSet.NONE);
  }

  static TrainingOptions options(int iterations, TagSet tags) {
    return options(iterations, tags, null);
  }

  static TrainingOptions options(int iterations, TagSet tags, String from) {
    return new TrainingOptions(
        5,
        Normalization.RUNNING_MEAN,
        List.of(new ConvolutionShape(3, 9, 2, 2), new ConvolutionShape(4, 5, 2, 1)),
        List.of(12),
        8,
        2,
        3,
        4,
        4.0,
        iterations,
        2,
        1e-2,
        3,
        0.2,
        0.9,
        0.5,
        0.5,
        2,
        9,
        6,
        tags,
        from);
  }

  /** One tone burst a label and part; enough for every scene to be drawn. */
  public static ClipLibrary library() {
    Random random = new Random(1);
    List<Clip> clips = new ArrayList<>();
    for (Part part : List.of(Part.TRAIN, Part.VALIDATION)) {
      List<String> labels =
          new ArrayList<>(EventLabels.STANDARD.subList(2, EventLabels.STANDARD.size()));
      labels.addAll(List.of("background", "speech", "microwave", "door_creak", "other_rain"));
      for (String label : labels) {
        for (int source = 0; source < 2; source++) {
          float[] samples = new float[24_000];
          double hz = 300 + 300 * random.nextInt(20);
          boolean steady = label.equals("background") || label.equals("other_rain");
          for (int i = 0; i < samples.length; i++) {
            boolean sounding = steady || (i > 6_000 && i < 14_000);
            double tone = steady ? 0 : 0.3 * Math.sin(2 * Math.PI * hz * i / 16_000);
            samples[i] =
                (float) (0.0005 * random.nextGaussian() + (sounding ? tone : 0))
                    + (steady ? 0.05f * (float) random.nextGaussian() : 0);
          }
          String name = label + "-" + part + "-" + source;
          clips.add(new Clip(name, label, part, "made", "made/" + name, "none", samples));
        }
      }
    }
    return ClipLibrary.of(clips);
  }
}
