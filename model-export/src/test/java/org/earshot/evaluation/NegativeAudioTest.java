package org.earshot.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.earshot.dataset.Clip;
import org.earshot.dataset.ClipLibrary;
import org.earshot.dataset.Part;
import org.earshot.detect.StepTiming;
import org.earshot.model.HeadModel;
import org.earshot.model.OperatingCurve;
import org.earshot.simulation.SceneSimulator;
import org.earshot.simulation.SceneSpec;
import org.junit.jupiter.api.Test;

/** Made-up clips, and a source that says in every scene, but in no clip, that a dog barks. */
class NegativeAudioTest {
  private static final StepTiming TIMING = new StepTiming(960, 1200);
  private static final SceneSpec SPEC = SceneSpec.validationStream().withEmptyShare(1);
  private static final ClipLibrary LIBRARY = library();
  private static final SceneSimulator SIMULATOR =
      new SceneSimulator(LIBRARY, Part.VALIDATION, SPEC);

  private static ClipLibrary library() {
    List<Clip> clips = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      clips.add(clip("dog_bark", Part.VALIDATION, i));
      clips.add(clip("other_cough", Part.VALIDATION, i));
      clips.add(clip("other_glass_hit", Part.VALIDATION, i));
      clips.add(clip("other_rain", Part.TRAIN, i));
      clips.add(clip("fire_alarm", Part.VALIDATION, i));
    }
    return ClipLibrary.of(clips);
  }

  private static Clip clip(String label, Part part, int number) {
    Random random = new Random(label.hashCode() + number);
    float[] samples = new float[2 * 16_000];
    for (int i = 0; i < samples.length; i++) {
      double gain = i > 8000 && i < 12_000 ? 0.1 : 1e-4;
      samples[i] = (float) (gain * random.nextGaussian());
    }
    String path = label + "/" + number + ".wav";
    return new Clip(path, label, part, "made", path, "CC0", samples);
  }

  private static NegativeAudio audio(long seed, int threads) {
    return new NegativeAudio(SIMULATOR, SPEC.durationSeconds(), LIBRARY, seed, threads);
  }

  /** A logit of 2 from 12 to 14.4 s, which no clip reaches. */
  private static final class Barking implements PosteriorSource {
    private final AtomicInteger heard;

    Barking(AtomicInteger heard) {
      this.heard = heard;
    }

    @Override
    public List<String> events() {
      return List.of("dog_bark");
    }

    @Override
    public LogitTrack track(float[] samples) {
      heard.incrementAndGet();
      LogitTrack.Builder track = new LogitTrack.Builder(1);
      for (int step = 0; step * 960 + 1200 <= samples.length; step++) {
        track.add(new float[] {step >= 200 && step < 240 ? 2 : -9}, 0);
      }
      return track.build(TIMING);
    }
  }

  /** Says of each stream only how loud it gets. */
  private static final class Loudest implements PosteriorSource {
    @Override
    public List<String> events() {
      return List.of("level");
    }

    @Override
    public LogitTrack track(float[] samples) {
      float peak = 0;
      for (float sample : samples) {
        peak = Math.max(peak, sample);
      }
      return new LogitTrack(TIMING, 1, new float[] {peak});
    }
  }

  @Test
  void hearsScenesAndNegativeClipsWithoutAnyEvent() throws IOException {
    List<CalibrationStream> streams = new ArrayList<>();
    AtomicInteger heard = new AtomicInteger();
    audio(1, 2).hear(0.6, () -> new Barking(heard), streams::addAll);

    assertThat(streams).hasSize(72 + 6).allSatisfy(s -> assertThat(s.truth()).isEmpty());
    assertThat(heard).hasValue(78);
    assertThat(streams.subList(0, 72)).allSatisfy(s -> assertThat(s.seconds()).isEqualTo(30));
    assertThat(streams.subList(72, 78)).allSatisfy(s -> assertThat(s.seconds()).isEqualTo(4));
    assertThat(streams.stream().filter(s -> s.isOfNoConcernTo("glass_break"))).hasSize(3);
  }

  @Test
  void theCurveHoldsTheFalseAlertsThatTheSourceGives() throws IOException {
    HeadModel head = LevelModel.of("dog_bark").heads().get(0); // opens at 0.6
    CurveMeasurement measurement = new CurveMeasurement(List.of(head), TIMING);
    audio(2, 1).hear(0.25, () -> new Barking(new AtomicInteger()), measurement::addNegatives);
    OperatingCurve curve = measurement.curves().get(0);

    assertThat(curve.negativeHours()).isEqualTo((30 * 30 + 6 * 4) / 3600f, within(1e-6f));
    assertThat(curve.atOrAbove(50).falseAlerts()).isEqualTo(30); // one a scene, none in clips
    assertThat(curve.events()).isZero();
  }

  @Test
  void theSameSeedGivesTheSameSoundOnAnyNumberOfThreads() throws IOException {
    assertThat(levels(3, 1)).isEqualTo(levels(3, 3)).isNotEqualTo(levels(4, 3));
  }

  private static List<Float> levels(long seed, int threads) throws IOException {
    List<Float> levels = new ArrayList<>();
    audio(seed, threads)
        .hear(
            0.05,
            Loudest::new,
            block -> block.forEach(stream -> levels.add(stream.track().logit(0, 0))));
    return levels;
  }
}
