package org.earshot.detect;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.earshot.audio.feature.FeatureSpec;
import org.junit.jupiter.api.Test;

class CadenceCorrectionTest {
  private static final FeatureSpec SPEC = FeatureSpec.standard();
  private static final List<String> EVENTS = List.of("smoke_alarm", "co_alarm", "glass_break");
  private static final float LOGIT = -1.25f;

  private static CadenceCorrection correction() {
    return new CadenceCorrection(EVENTS, SPEC);
  }

  /** The corrected logits of every step of six frames, the network always saying the same. */
  private static List<float[]> corrected(CadenceCorrection correction, float[][] frames) {
    List<float[]> steps = new ArrayList<>();
    for (int i = 0; i < frames.length; i++) {
      correction.accept(frames[i]);
      if (i % 6 == 5) {
        float[] logits = {LOGIT, LOGIT, LOGIT};
        correction.correct(logits);
        steps.add(logits);
      }
    }
    return steps;
  }

  private static BeepSound three() {
    return new BeepSound(22, 1).groups(3100, 1, 4, 3, 0.5, 0.5, 1.5, 0.1).noise(0.002);
  }

  private static BeepSound four() {
    return new BeepSound(26, 2).groups(3100, 1, 4, 4, 0.1, 0.1, 4.3, 0.1).noise(0.002);
  }

  private static float[] at(List<float[]> steps, double seconds) {
    return steps.get((int) (seconds / 0.06));
  }

  @Test
  void withoutRhythmLogitsStayAsTheyAre() {
    BeepSound noise = new BeepSound(10, 3).noise(0.05);
    for (float[] logits : corrected(correction(), noise.frames())) {
      assertThat(logits).containsExactly(LOGIT, LOGIT, LOGIT);
    }
  }

  @Test
  void threeSpeaksForSmokeAndAgainstCarbonMonoxide() {
    List<float[]> steps = corrected(correction(), three().frames());
    assertThat(at(steps, 4.2)).containsExactly(LOGIT, LOGIT, LOGIT); // the pause is not yet heard
    assertThat(at(steps, 4.9)[0]).isGreaterThan(LOGIT + 1);
    assertThat(at(steps, 4.9)[1]).isLessThan(LOGIT - 1);
    assertThat(at(steps, 10)[0]).isGreaterThan(LOGIT + 3);
    assertThat(at(steps, 10)[1]).isLessThan(LOGIT - 3);
  }

  @Test
  void fourSpeaksForCarbonMonoxideThroughItsPauses() {
    List<float[]> steps = corrected(correction(), four().frames());
    for (double seconds = 7; seconds < 21; seconds += 0.06) {
      assertThat(at(steps, seconds)[1]).as("at %.1f s", seconds).isGreaterThan(LOGIT + 2);
      assertThat(at(steps, seconds)[0]).as("at %.1f s", seconds).isLessThan(LOGIT - 1);
    }
    assertThat(at(steps, 25.8)).containsExactly(LOGIT, LOGIT, LOGIT);
  }

  @Test
  void aCadenceThatGoesOnForHalfAMinuteIsSurer() {
    BeepSound long3 = new BeepSound(45, 1).groups(3100, 1, 10, 3, 0.5, 0.5, 1.5, 0.1).noise(0.002);
    List<float[]> steps = corrected(correction(), long3.frames());
    assertThat(at(steps, 39)[0]).isGreaterThan(at(steps, 20)[0] + 0.9f);
  }

  /** UL 2034: after four minutes a carbon monoxide alarm may sound once a minute. */
  @Test
  void fourThatSlowsDownToOnceAMinuteStaysOneAlarm() {
    BeepSound slowing = new BeepSound(440, 6).groups(3100, 1, 49, 4, 0.1, 0.1, 4.3, 0.1);
    for (int minute = 1; minute <= 2; minute++) {
      slowing.groups(3100, 241 + 60 * minute, 1, 4, 0.1, 0.1, 4.3, 0.1);
    }
    List<float[]> steps = corrected(correction(), slowing.noise(0.002).frames());
    for (double seconds = 7; seconds < 420; seconds += 0.06) {
      assertThat(at(steps, seconds)[1]).as("at %.1f s", seconds).isGreaterThan(LOGIT + 2);
    }
    assertThat(at(steps, 439)[1]).isEqualTo(LOGIT);
  }

  @Test
  void fourThatStopsAfterAMinuteIsOverSoon() {
    BeepSound short4 = new BeepSound(80, 6).groups(3100, 1, 13, 4, 0.1, 0.1, 4.3, 0.1).noise(0.002);
    List<float[]> steps = corrected(correction(), short4.frames());
    assertThat(at(steps, 62)[1]).isGreaterThan(LOGIT + 2);
    assertThat(at(steps, 70)[1]).isEqualTo(LOGIT);
  }

  @Test
  void otherEventsAreUntouchedBitForBit() {
    for (float[] logits : corrected(correction(), three().frames())) {
      assertThat(logits[2]).isEqualTo(LOGIT);
    }
    CadenceCorrection none = new CadenceCorrection(List.of("glass_break", "siren"), SPEC);
    assertThat(none.isActive()).isFalse();
    float[] logits = {1, -0f};
    none.correct(logits);
    assertThat(logits).containsExactly(1, -0f);
  }

  @Test
  void oneAlarmAloneIsCorrectedAsBesideTheOther() {
    List<float[]> both = corrected(correction(), three().frames());
    CadenceCorrection alone = new CadenceCorrection(List.of("co_alarm"), SPEC);
    float[][] frames = three().frames();
    for (int i = 0; i < frames.length; i++) {
      alone.accept(frames[i]);
      if (i % 6 == 5) {
        float[] logits = {LOGIT};
        alone.correct(logits);
        assertThat(logits[0]).isEqualTo(both.get(i / 6)[1]);
      }
    }
  }

  @Test
  void isAsNewAfterReset() {
    CadenceCorrection correction = correction();
    List<float[]> first = corrected(correction, four().frames());
    correction.reset();
    corrected(correction, three().frames());
    correction.reset();
    List<float[]> again = corrected(correction, four().frames());
    for (int i = 0; i < first.size(); i++) {
      assertThat(again.get(i)).as("step %d", i).containsExactly(first.get(i));
    }
  }

  @Test
  void allocatesNothingPerFrame() {
    CadenceCorrection correction = correction();
    float[][] frames = four().room(0.5).noise(0.01).frames();
    float[] logits = new float[3];
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long grown = Long.MAX_VALUE;
    for (int attempt = 0; attempt < 20 && grown != 0; attempt++) {
      long before = threads.getThreadAllocatedBytes(thread);
      for (float[] frame : frames) {
        correction.accept(frame);
        correction.correct(logits);
      }
      grown = threads.getThreadAllocatedBytes(thread) - before;
    }
    assertThat(grown).as("bytes allocated over %d frames", frames.length).isZero();
  }
}
