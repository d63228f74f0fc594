package org.earshot.teaching;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.earshot.dataset.Clip;
import org.earshot.dataset.Part;
import org.earshot.model.BaseModel;
import org.earshot.simulation.SceneSpec;

/**
 * A lesson from recordings to a head: what is rendered, and how much. Fits into two minutes on two
 * cores with the recordings that the model was trained on.
 */
final class TeachingPlan {
  static final List<Double> RATIOS_DB = List.of(0.0, 6.0, 12.0);
  private static final int SCENES_PER_EXAMPLE = 60; // of 10 s
  private static final int STREAMS_PER_EXAMPLE = 20; // of 30 s
  private static final int OTHER_SCENES = 900;
  private static final int OTHER_STREAMS = 120; // an hour
  private static final long SEED = 50_000_000L;

  private final BaseModel base;
  private final List<Clip> clips;
  private final int threads;
  private final List<TaughtStream> otherScenes;
  private final List<TaughtStream> otherStreams;

  /**
   * Hears everything else, once for all lessons.
   *
   * @param clips recordings with samples, those of {@link Part#TRAIN} and {@link Part#RIR}
   */
  TeachingPlan(BaseModel base, List<Clip> clips, int threads) throws IOException {
    this.base = base;
    this.clips = List.copyOf(clips);
    this.threads = threads;
    TeachingScenes scenes = new TeachingScenes(base, "", threads);
    otherScenes = scenes.without(clips, Part.TRAIN, SceneSpec.training(), OTHER_SCENES, SEED);
    otherStreams =
        scenes.without(
            clips, Part.TRAIN, SceneSpec.validationStream(), OTHER_STREAMS, SEED + 1_000_000);
  }

  /**
   * Teaches one sound.
   *
   * @param label of recordings of the same sound among the others, which are left out; empty when
   *     there are none
   * @param examples two or more, of {@link TeachingScenes#taught}
   */
  HeadTeacher.Lesson teach(String event, int version, String label, List<Clip> examples, long seed)
      throws IOException {
    TeachingScenes scenes = new TeachingScenes(base, event, threads);
    List<Clip> others = new ArrayList<>(clips);
    others.removeIf(clip -> clip.label().equals(label));
    List<TaughtStream> fitted =
        scenes.with(
            examples,
            others,
            Part.TRAIN,
            SceneSpec.teaching(),
            SCENES_PER_EXAMPLE * examples.size(),
            SEED + 2_000_000 + seed);
    List<TaughtStream> tried =
        scenes.with(
            examples,
            others,
            Part.TRAIN,
            SceneSpec.taughtStream(RATIOS_DB).withEmptyShare(0),
            STREAMS_PER_EXAMPLE * examples.size(),
            SEED + 3_000_000 + seed);
    Discriminant discriminant = new Discriminant(base.headInputs(), without(otherScenes, label));
    return new HeadTeacher(base, discriminant, without(otherStreams, label))
        .teach(event, version, examples.size(), fitted, tried);
  }

  /** The streams in which a sound is not heard. */
  static List<TaughtStream> without(List<TaughtStream> streams, String label) {
    return streams.stream()
        .filter(stream -> stream.others().stream().noneMatch(o -> o.label().equals(label)))
        .toList();
  }
}
