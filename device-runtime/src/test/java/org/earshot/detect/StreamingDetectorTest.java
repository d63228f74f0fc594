package org.earshot.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.audio.feature.Normalization;
import org.earshot.model.DecisionParameters;
import org.earshot.model.SoundModel;
import org.earshot.testing.TestModels;
import org.junit.jupiter.api.Test;

class StreamingDetectorTest {
  private static final FeatureSpec SPEC = FeatureSpec.standard();
  private static final DecisionParameters DECISION =
      new DecisionParameters(3, 0.6f, 0.4f, 2, 0.1f, 0.05f, 0);

  @Test
  void anySplitOfTheSamplesGivesTheSamePosteriorsAndAlerts() {
    float[] sound = TestModels.bursts(1, 10 * 16_000);
    SoundModel model = TestModels.level(SPEC, DECISION, "siren", "dog_bark");
    Result whole = Result.of(new StreamingDetector(model, SPEC), sound, sound.length);
    assertThat(whole.alerts).isNotEmpty();
    assertThat(whole.posteriors).hasSize(332);
    for (int length : new int[] {1, 159, 160, 161, 480, 16_000}) {
      Result split = Result.of(new StreamingDetector(model, SPEC), sound, length);
      assertThat(split).as("blocks of %d", length).isEqualTo(whole);
    }
    for (long seed = 1; seed <= 5; seed++) {
      Random random = new Random(seed);
      Result split = new Result(new ArrayList<>(), new ArrayList<>());
      StreamingDetector detector = new StreamingDetector(model, SPEC);
      for (int at = 0; at < sound.length; ) {
        int length = Math.min(random.nextInt(2000), sound.length - at);
        detector.push(sound, at, length, split.alerts::add, split::step);
        at += length;
      }
      detector.finish(split.alerts::add);
      assertThat(split).as("seed %d", seed).isEqualTo(whole);
    }
  }

  @Test
  void anySplitGivesTheSamePosteriorsWhereCadencesCorrectThem() {
    float[] sound =
        new BeepSound(14, 1)
            .groups(3100, 1, 3, 3, 0.5, 0.5, 1.5, 0.1)
            .groups(2400, 1.7, 3, 4, 0.1, 0.1, 4.3, 0.1)
            .noise(0.01)
            .samples();
    SoundModel model = TestModels.random(1, SPEC, 12, 4, "smoke_alarm", "co_alarm", "siren");
    Result whole = Result.of(new StreamingDetector(model, SPEC), sound, sound.length);
    for (long seed = 1; seed <= 5; seed++) {
      Random random = new Random(seed);
      Result split = new Result(new ArrayList<>(), new ArrayList<>());
      StreamingDetector detector = new StreamingDetector(model, SPEC);
      for (int at = 0; at < sound.length; ) {
        int length = Math.min(random.nextInt(3000), sound.length - at);
        detector.push(sound, at, length, split.alerts::add, split::step);
        at += length;
      }
      detector.finish(split.alerts::add);
      assertThat(split).as("seed %d", seed).isEqualTo(whole);
    }
  }

  @Test
  void aNetworkThatHearsBeepsOnlyRaisesTheAlertThatTheCadenceSays() {
    SoundModel model = TestModels.level(SPEC, DECISION, "smoke_alarm", "co_alarm");
    float[] three =
        new BeepSound(22, 1).groups(3100, 1, 4, 3, 0.5, 0.5, 1.5, 0.1).noise(0.002).samples();
    float[] four =
        new BeepSound(22, 2).groups(3100, 1, 4, 4, 0.1, 0.1, 4.3, 0.1).noise(0.002).samples();
    Result smoke = Result.of(new StreamingDetector(model, SPEC), three, 1000);
    Result co = Result.of(new StreamingDetector(model, SPEC), four, 1000);
    assertThat(smoke.alerts).extracting(Alert::event).contains("smoke_alarm");
    assertThat(co.alerts).extracting(Alert::event).contains("co_alarm");
    assertThat(smoke.alerts).extracting(Alert::event).doesNotContain("co_alarm");
    assertThat(co.alerts).extracting(Alert::event).doesNotContain("smoke_alarm");
  }

  @Test
  void hearsEachBurstOfNoiseOnceNearItsOnset() {
    float[] sound = new float[12 * 16_000];
    float[] noise = TestModels.bursts(3, 16_000);
    for (int burst : new int[] {3, 6, 9}) {
      System.arraycopy(noise, 8000, sound, burst * 16_000, 8000);
    }
    SoundModel model = TestModels.level(SPEC, DECISION, "siren");
    Result result = Result.of(new StreamingDetector(model, SPEC), sound, 1000);
    assertThat(result.alerts).hasSize(3);
    for (int i = 0; i < 3; i++) {
      double burst = 3 * (i + 1);
      assertThat(result.alerts.get(i).onsetSeconds()).isBetween(burst - 0.1, burst + 0.1);
      assertThat(result.alerts.get(i).offsetSeconds()).isBetween(burst + 0.3, burst + 0.7);
      assertThat(result.alerts.get(i).openedSeconds()).isBetween(burst, burst + 0.25);
    }
  }

  @Test
  void hearsNothingInSilence() {
    SoundModel model = TestModels.level(SPEC, DECISION, "siren");
    Result result = Result.of(new StreamingDetector(model, SPEC), new float[160_000], 16_000);
    assertThat(result.alerts).isEmpty();
    assertThat(result.posteriors).hasSize(332);
  }

  @Test
  void isAsNewAfterReset() {
    float[] sound = TestModels.bursts(1, 3 * 16_000 + 77);
    StreamingDetector detector =
        new StreamingDetector(TestModels.random(1, SPEC, 12, 4, "siren", "dog_bark"), SPEC);
    Result first = Result.of(detector, sound, 777);
    detector.reset();
    assertThat(Result.of(detector, sound, 777)).isEqualTo(first);
  }

  @Test
  void evaluatesOnlyTheSelectedHeadsAndGivesThemTheSamePosteriors() {
    float[] sound = TestModels.bursts(1, 2 * 16_000);
    SoundModel model = TestModels.random(1, SPEC, 12, 4, "siren", "dog_bark", "baby_cry");
    Result all = Result.of(new StreamingDetector(model, SPEC), sound, 1000);
    StreamingDetector one =
        new StreamingDetector(model, SPEC, Set.of("dog_bark"), Sensitivity.standard());
    assertThat(one.events()).containsExactly("dog_bark");
    Result selected = Result.of(one, sound, 1000);
    int head = model.events().indexOf("dog_bark");
    for (int step = 0; step < all.posteriors.size(); step++) {
      assertThat(selected.posteriors.get(step)).containsExactly(all.posteriors.get(step).get(head));
    }
  }

  @Test
  void refusesAModelOfOtherFeaturesAndEventsWithoutAHead() {
    SoundModel model = TestModels.random(1, SPEC, 4, 2, "siren");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StreamingDetector(model, FeatureSpec.standard(Normalization.LOG)))
        .withMessageContaining("other features");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new StreamingDetector(model, SPEC, Set.of("sirn"), Sensitivity.standard()))
        .withMessageContaining("'sirn'")
        .withMessageContaining("it has siren");
  }

  @Test
  void allocatesNothingPerFrame() {
    StreamingDetector detector =
        new StreamingDetector(TestModels.random(1, SPEC, 16, 4, "siren", "dog_bark"), SPEC);
    float[] silence = new float[16_000];
    AlertSink alerts = alert -> {};
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long grown = Long.MAX_VALUE;
    for (int attempt = 0; attempt < 20 && grown != 0; attempt++) {
      long before = threads.getThreadAllocatedBytes(thread);
      for (int second = 0; second < 20; second++) {
        detector.push(silence, 0, silence.length, alerts);
      }
      grown = threads.getThreadAllocatedBytes(thread) - before;
    }
    assertThat(grown).as("bytes allocated over 2000 frames").isZero();
  }

  /** Everything that came out of a stream. */
  @Test
  void forgetsAllOrPartsOfAStreamAndGoesOnInTime() {
    int before = 400 + 160 * 149; // completes a step, whatever the stacking by 1, 2, 3, 5 or 6
    int pending = 240; // of them wait for the next frame
    float[] sound = TestModels.bursts(3, before + 5 * 16_000);
    SoundModel model = TestModels.random(1, SPEC, 12, 4, "smoke_alarm", "siren");
    List<List<Float>> anew = heard(model, sound, before, Set.of());
    List<List<Float>> fresh =
        Result.of(
                new StreamingDetector(model, SPEC),
                Arrays.copyOfRange(sound, before - pending, sound.length),
                1600)
            .posteriors;
    List<List<Float>> all = heard(model, sound, before, EnumSet.allOf(Memory.class));
    assertThat(all).hasSameSizeAs(anew);
    assertThat(all.subList(all.size() - fresh.size(), all.size())).isEqualTo(fresh);
    assertThat(anew.subList(anew.size() - fresh.size(), anew.size())).isNotEqualTo(fresh);
    for (Memory part : List.of(Memory.FRONT_END, Memory.NETWORK)) {
      List<List<Float>> one = heard(model, sound, before, EnumSet.of(part));
      assertThat(one).as("%s", part).hasSameSizeAs(anew).isNotEqualTo(anew).isNotEqualTo(all);
    }
  }

  private static List<List<Float>> heard(
      SoundModel model, float[] sound, int before, Set<Memory> forget) {
    Result result = new Result(new ArrayList<>(), new ArrayList<>());
    StreamingDetector detector = new StreamingDetector(model, SPEC);
    detector.push(sound, 0, before, result.alerts::add, result::step);
    detector.forget(forget);
    detector.push(sound, before, sound.length - before, result.alerts::add, result::step);
    return result.posteriors;
  }

  private record Result(List<Alert> alerts, List<List<Float>> posteriors) {
    static Result of(StreamingDetector detector, float[] sound, int blockLength) {
      Result result = new Result(new ArrayList<>(), new ArrayList<>());
      for (int at = 0; at < sound.length; at += blockLength) {
        int length = Math.min(blockLength, sound.length - at);
        detector.push(sound, at, length, result.alerts::add, result::step);
      }
      detector.finish(result.alerts::add);
      return result;
    }

    void step(long startSample, float[] values) {
      assertThat(startSample).isEqualTo(480L * posteriors.size());
      Float[] boxed = new Float[values.length];
      Arrays.setAll(boxed, i -> values[i]);
      posteriors.add(List.of(boxed));
    }
  }
}
