package org.earshot.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.earshot.audio.AudioFiles;
import org.earshot.audio.PcmSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClipCutterTest {
  private static final int SECOND = 16_000;
  private static final ClipSettings STANDARD = ClipSettings.standard();

  private final List<Clip> clips = new ArrayList<>();
  private final List<String> lost = new ArrayList<>();
  private final ClipRing ring = new ClipRing(STANDARD.ringSamples(10 * SECOND));
  private final ClipCutter cutter = new ClipCutter(ring, STANDARD, sink());

  private ClipSink sink() {
    return new ClipSink() {
      @Override
      public void ready(Clip clip) {
        clips.add(clip);
      }

      @Override
      public void lost(String id, String event) {
        lost.add(id + " " + event);
      }
    };
  }

  /** Hears the numbered stream up to a sample, in blocks of 0.1 s. */
  private void hearTo(long endSample) {
    for (long at = ring.endSample(); at < endSample; ) {
      int length = (int) Math.min(1_600, endSample - at);
      cutter.push(NumberedStream.block(at, length), 0, length, at);
      at += length;
    }
  }

  @Test
  void aShortEventGetsThreeSecondsBeforeItsOnsetAndTenInAll() {
    hearTo(20 * SECOND);
    cutter.opened("id1", "glass_break", 19 * SECOND);
    hearTo(21 * SECOND);
    cutter.ended("id1", 20 * SECOND);
    hearTo(26 * SECOND - 1);
    assertThat(clips).isEmpty();
    hearTo(26 * SECOND);
    assertThat(clips).hasSize(1);
    Clip clip = clips.get(0);
    assertThat(clip.id()).isEqualTo("id1");
    assertThat(clip.event()).isEqualTo("glass_break");
    assertThat(clip.startSample()).isEqualTo(16 * SECOND);
    assertThat(clip.onsetSample()).isEqualTo(19 * SECOND);
    assertThat(clip.holdsOnset()).isTrue();
    assertThat(clip.samples()).isEqualTo(NumberedStream.samples(16 * SECOND, 26 * SECOND));
    assertThat(clip.gapSamples()).isZero();
    assertThat(clip.missingPreRollSamples()).isZero();
    assertThat(clip.atLimit()).isFalse();
  }

  @Test
  void anEventThatGoesOnMakesAClipThatGoesOn() {
    hearTo(20 * SECOND);
    cutter.opened("id1", "smoke_alarm", 19 * SECOND);
    hearTo(34 * SECOND);
    assertThat(clips).isEmpty();
    cutter.ended("id1", 32 * SECOND);
    assertThat(clips).hasSize(1);
    assertThat(clips.get(0).samples())
        .isEqualTo(NumberedStream.samples(16 * SECOND, 34 * SECOND)); // 2 s after the end
    assertThat(clips.get(0).atLimit()).isFalse();
  }

  @Test
  void anEventWithoutEndIsCutAtTheLimit() {
    hearTo(20 * SECOND);
    cutter.opened("id1", "smoke_alarm", 19 * SECOND);
    hearTo(46 * SECOND - 1);
    assertThat(clips).isEmpty();
    hearTo(46 * SECOND);
    assertThat(clips).hasSize(1);
    assertThat(clips.get(0).samples()).hasSize(30 * SECOND);
    assertThat(clips.get(0).atLimit()).isTrue();
    cutter.ended("id1", 60 * SECOND);
    hearTo(70 * SECOND);
    assertThat(clips).hasSize(1);
  }

  @Test
  void aStreamThatHasJustBegunGivesTheSamplesThatThereAre() {
    hearTo(SECOND);
    cutter.opened("id1", "door_knock", SECOND / 2);
    cutter.ended("id1", SECOND);
    hearTo(20 * SECOND);
    Clip clip = clips.get(0);
    assertThat(clip.startSample()).isZero();
    assertThat(clip.samples()).hasSize(7 * SECOND + SECOND / 2);
    assertThat(clip.missingPreRollSamples()).isEqualTo(2 * SECOND + SECOND / 2);
    assertThat(clip.holdsOnset()).isTrue();
  }

  @Test
  void severalEventsAtOnceGetAClipEach() {
    hearTo(20 * SECOND);
    cutter.opened("a", "dog_bark", 19 * SECOND);
    cutter.opened("b", "door_knock", 18 * SECOND);
    assertThat(cutter.pending()).isEqualTo(2);
    cutter.ended("a", 20 * SECOND);
    cutter.ended("b", 20 * SECOND);
    hearTo(30 * SECOND);
    assertThat(clips).extracting(Clip::id).containsExactly("b", "a");
  }

  @Test
  void aDiscardedClipNeverComes() {
    hearTo(20 * SECOND);
    cutter.opened("id1", "footsteps", 19 * SECOND);
    assertThat(cutter.discard("id1")).isTrue();
    assertThat(cutter.discard("id1")).isFalse();
    hearTo(60 * SECOND);
    assertThat(clips).isEmpty();
  }

  @Test
  void theEndOfTheStreamCutsWhatIsUnderWay() {
    hearTo(20 * SECOND);
    cutter.opened("id1", "siren", 19 * SECOND);
    cutter.finish();
    assertThat(clips.get(0).samples()).isEqualTo(NumberedStream.samples(16 * SECOND, 20 * SECOND));
    assertThat(clips.get(0).atLimit()).isFalse();
    assertThat(cutter.pending()).isZero();
  }

  @Test
  void aMicrophoneUnpluggedInTheMiddleLeavesSilenceThatTheClipTells() {
    hearTo(20 * SECOND);
    cutter.opened("id1", "siren", 19 * SECOND);
    cutter.ended("id1", 20 * SECOND);
    long back = 22 * SECOND;
    cutter.push(NumberedStream.block(back, 100), 0, 100, back);
    hearTo(30 * SECOND);
    assertThat(clips.get(0).gapSamples()).isEqualTo(2 * SECOND);
    assertThat(clips.get(0).samples()).hasSize(10 * SECOND);
  }

  @Test
  void aMicrophoneUnpluggedForDaysLosesNoClip() {
    hearTo(20 * SECOND);
    cutter.opened("id1", "siren", 19 * SECOND);
    long back = 3L * 24 * 3_600 * SECOND;
    cutter.push(NumberedStream.block(back, 100), 0, 100, back);
    assertThat(clips).hasSize(1);
    assertThat(clips.get(0).samples())
        .hasSize(30 * SECOND)
        .startsWith(NumberedStream.at(16 * SECOND));
    assertThat(clips.get(0).gapSamples()).isEqualTo(26 * SECOND);
    assertThat(ring.endSample()).isEqualTo(back + 100);
  }

  @Test
  void anAlertToldFarTooLateIsToldAsLost() {
    hearTo(20 * SECOND);
    hearTo(120 * SECOND);
    cutter.opened("id1", "siren", 19 * SECOND);
    assertThat(clips).isEmpty();
    assertThat(lost).containsExactly("id1 siren");
  }

  @Test
  void moreClipsThanItCanKeepAreToldAsLost() {
    hearTo(20 * SECOND);
    for (int i = 0; i < 33; i++) {
      cutter.opened("id" + i, "siren", 19 * SECOND);
    }
    assertThat(lost).containsExactly("id32 siren");
  }

  @Test
  void theFlacHoldsTheSamples(@TempDir Path folder) throws IOException {
    hearTo(20 * SECOND);
    cutter.opened("id1", "siren", 19 * SECOND);
    cutter.finish();
    Path file = Files.write(folder.resolve("id1.flac"), clips.get(0).toFlac());
    float[] read = new float[4 * SECOND];
    try (PcmSource source = AudioFiles.open(file)) {
      assertThat(source.sampleRateHz()).isEqualTo(16_000);
      for (int at = 0; at < read.length; ) {
        at += source.read(read, at, read.length - at);
      }
      assertThat(source.read(new float[1], 0, 1)).isEqualTo(-1);
    }
    assertThat(read).isEqualTo(NumberedStream.block(16 * SECOND, 4 * SECOND));
  }

  /** Whatever the split, the delay and the length of the event, the onset is in its clip. */
  @Test
  void theOnsetIsAlwaysInTheClip() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 40; round++) {
      roundOfOneEvent(random, "seed " + seed + ", round " + round);
    }
  }

  private static void roundOfOneEvent(Random random, String name) {
    int maxDelay = random.nextInt(40 * SECOND);
    int maxBlock = 1 + random.nextInt(SECOND);
    int pre = 2 * SECOND + random.nextInt(3 * SECOND);
    int length = pre + 1 + random.nextInt(8 * SECOND);
    ClipSettings settings =
        new ClipSettings(
            pre, length, random.nextInt(2 * SECOND), length + random.nextInt(20 * SECOND));
    List<Clip> ready = new ArrayList<>();
    ClipRing ring = new ClipRing(settings.ringSamples(maxDelay + maxBlock));
    ClipCutter cutter = new ClipCutter(ring, settings, ready::add);
    long onset = random.nextInt(60 * SECOND);
    long opened = onset + random.nextInt(maxDelay + 1);
    long offset = onset + 1 + random.nextInt(40 * SECOND);
    long told = Math.max(offset + random.nextInt(5 * SECOND), opened);
    long lastSample = told + 40L * SECOND;
    boolean isOpen = false;
    boolean isEnded = false;
    long heardAtEnd = -1;
    long readyBefore = -1; // end of the stream one block before the clip came
    for (long at = 0; at < lastSample; ) {
      int block = 1 + random.nextInt(maxBlock);
      long before = at;
      cutter.push(NumberedStream.block(at, block), 0, block, at);
      at += block;
      if (!isOpen && at > opened) {
        isOpen = true;
        cutter.opened("id", "event", onset);
      }
      if (isOpen && !isEnded && at > told) {
        isEnded = true;
        heardAtEnd = at;
        cutter.ended("id", offset);
      }
      if (ready.size() == 1 && readyBefore < 0) {
        readyBefore = before;
      }
    }
    assertThat(ready).as(name).hasSize(1);
    Clip clip = ready.get(0);
    long start = Math.max(0, onset - settings.preRollSamples());
    long end = clip.startSample() + clip.samples().length;
    assertThat(clip.holdsOnset()).as(name).isTrue();
    assertThat(clip.startSample()).as(name).isEqualTo(start);
    assertThat(clip.samples()).as(name).isEqualTo(NumberedStream.samples(start, end));
    long limit = onset - settings.preRollSamples() + settings.limitSamples();
    long wanted =
        Math.max(
            onset - settings.preRollSamples() + settings.lengthSamples(),
            offset + settings.postRollSamples());
    // where the end was told after the limit, the clip was gone by then
    boolean tooLate = heardAtEnd >= limit;
    assertThat(end).as(name).isEqualTo(tooLate ? limit : Math.min(limit, wanted));
    // no block earlier could all of it have been known
    long known = Math.max(end, Math.min(limit, told + 1));
    assertThat(readyBefore).as(name).isLessThan(Math.max(known, opened + 1));
  }

  @Test
  void refusesARingThatWouldForgetTheBeginning() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClipCutter(new ClipRing(480_000), STANDARD, clip -> {}))
        .withMessage("a ring of 480000 samples, wanted at least 488000");
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClipSettings(31_999, 160_000, 0, 160_000))
        .withMessage("a pre-roll of 31999 samples, wanted at least 32000");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClipSettings(48_000, 48_000, 0, 160_000))
        .withMessage("a clip of 48000 samples with a pre-roll of 48000");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClipSettings(48_000, 160_000, -1, 160_000))
        .withMessage("a post-roll of -1 samples");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClipSettings(48_000, 160_000, 0, 159_999))
        .withMessage("a limit of 159999 samples, wanted 160000 to 9600000");
  }
}
