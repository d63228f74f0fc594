package org.earshot.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LiveListeningTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final LiveSettings ENABLED = new LiveSettings(true, Duration.ofSeconds(60), 20);
  private static final int FRAME_SAMPLES = 320;
  private static final float[] FRAME = frame();

  private final Events events = new Events();
  private final MemoryOutput speaker = new MemoryOutput();
  private final ByteArrayOutputStream frames = new ByteArrayOutputStream();

  private static float[] frame() {
    float[] frame = new float[FRAME_SAMPLES];
    for (int i = 0; i < frame.length; i++) {
      frame[i] = (i - 160) / 32_768f;
    }
    return frame;
  }

  private LiveListening live(LiveSettings settings, SoundOutput output) {
    LiveListener listener =
        new LiveListener() {
          @Override
          public void started(String who, Instant until) {
            events.add("started " + who + " until " + until + ", heard " + frames.size());
          }

          @Override
          public void stopped(String who, String cause) {
            events.add("stopped " + who + ": " + cause);
          }

          @Override
          public void refused(String who, String reason) {
            events.add("refused " + who + ": " + reason);
          }
        };
    return new LiveListening(settings, output, listener, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private void sink(long index, byte[] pcm, int length) {
    frames.write(pcm, 0, length);
    events.add("frame " + index);
  }

  /** Pushes until frames are taken: the session wants them a moment after it announced itself. */
  private String firstFrame(LiveListening live) throws InterruptedException {
    String event;
    do {
      live.push(FRAME, 0, FRAME.length);
      event = events.soon(); // at the pace of a fast microphone, so that no limit is reached
    } while (event == null);
    return event;
  }

  @Test
  void isOffUnlessEnabled() throws InterruptedException {
    try (LiveListening live = live(LiveSettings.standard(), speaker)) {
      assertThat(live.start("anna", Duration.ofSeconds(10), this::sink))
          .contains("live listening is disabled in the configuration");
      assertThat(events.next())
          .isEqualTo("refused anna: live listening is disabled in the configuration");
      live.push(FRAME, 0, FRAME.length);
      assertThat(live.isActive()).isFalse();
    }
    assertThat(speaker.heard()).isEmpty();
    assertThat(events.rest()).isEmpty();
  }

  @Test
  void theChimeAndTheAnnouncementComeBeforeTheFirstFrame() throws InterruptedException {
    try (LiveListening live = live(ENABLED, speaker)) {
      live.push(FRAME, 0, FRAME.length); // before anybody asked
      assertThat(live.start("anna", Duration.ofSeconds(10), this::sink)).isEmpty();
      assertThat(events.next()).isEqualTo("started anna until 2026-11-24T12:00:10Z, heard 0");
      assertThat(speaker.heard()).isEqualTo(Chime.pcm());
      assertThat(firstFrame(live)).isEqualTo("frame 0");
    }
  }

  @Test
  void noFrameLeavesWhileTheChimePlays() throws InterruptedException {
    MemoryOutput held = new MemoryOutput(1);
    try (LiveListening live = live(ENABLED, held)) {
      live.start("anna", Duration.ofSeconds(10), this::sink);
      assertThat(held.awaitBlocked()).isTrue();
      assertThat(live.isActive()).isTrue();
      live.push(FRAME, 0, FRAME.length);
      assertThat(events.rest()).isEmpty();
      assertThat(live.start("ben", Duration.ofSeconds(10), this::sink))
          .contains("anna listens already");
    }
  }

  @Test
  void whereTheChimeCannotBePlayedNobodyListens() throws InterruptedException {
    speaker.fail("no loudspeaker; found: none");
    try (LiveListening live = live(ENABLED, speaker)) {
      assertThat(live.start("anna", Duration.ofSeconds(10), this::sink)).isEmpty();
      assertThat(events.next())
          .isEqualTo("refused anna: the chime cannot be played: no loudspeaker; found: none");
      live.push(FRAME, 0, FRAME.length);
    }
    assertThat(frames.size()).isZero();
  }

  @Test
  void endsAtTheLimitOfSamples() throws InterruptedException {
    try (LiveListening live = live(ENABLED, speaker)) {
      live.start("anna", Duration.ofSeconds(1), this::sink);
      assertThat(events.next()).startsWith("started anna");
      assertThat(firstFrame(live)).isEqualTo("frame 0");
      String event = "";
      while (!event.startsWith("stopped")) {
        live.push(FRAME, 0, FRAME.length);
        while (!events.rest().isEmpty()) {
          event = events.next();
        }
      }
      assertThat(event).isEqualTo("stopped anna: time over");
    }
    assertThat(frames.size()).isLessThanOrEqualTo(2 * 16_000);
    byte[] heard = frames.toByteArray();
    assertThat((short) ((heard[640] & 0xff) | heard[641] << 8)).isEqualTo((short) -160);
  }

  @Test
  void whatIsAskedForIsCutToTheLimit() throws InterruptedException {
    try (LiveListening live = live(ENABLED, speaker)) {
      live.start("anna", Duration.ofDays(1), this::sink);
      assertThat(events.next()).contains("until 2026-11-24T12:01:00Z");
      assertThat(live.nextDeadline()).contains(NOW.plusSeconds(60));
      live.advance(NOW.plusSeconds(59));
      assertThat(live.isActive()).isTrue();
      live.advance(NOW.plusSeconds(60)); // no sample came
      assertThat(events.next()).isEqualTo("stopped anna: time over");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"phone", "disabled", "shutdown"})
  void endsOnCommandWhenDisabledAndAtShutdown(String cause) throws InterruptedException {
    LiveListening live = live(ENABLED, speaker);
    live.start("anna", Duration.ofSeconds(60), this::sink);
    events.next();
    firstFrame(live);
    switch (cause) {
      case "phone" -> live.stop("phone");
      case "disabled" -> live.configure(LiveSettings.standard());
      default -> live.close();
    }
    String event = events.next();
    while (event.startsWith("frame")) {
      event = events.next();
    }
    assertThat(event).isEqualTo("stopped anna: " + cause);
    live.push(FRAME, 0, FRAME.length);
    assertThat(events.rest()).isEmpty();
    live.close();
  }

  @Test
  void aSlowSinkLosesWholeFramesAndHoldsUpNothing() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    LiveSink slow =
        (index, pcm, length) -> {
          events.add("frame " + index);
          try {
            release.await(30, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    try (LiveListening live = live(ENABLED, speaker)) {
      live.start("anna", Duration.ofSeconds(60), slow);
      events.next();
      assertThat(firstFrame(live)).isEqualTo("frame 0");
      for (int i = 0; i < 100; i++) {
        live.push(FRAME, 0, FRAME.length);
      }
      release.countDown();
      String event = events.next();
      long last = 0;
      boolean jumped = false;
      while (!jumped) {
        long index = Long.parseLong(event.substring("frame ".length()));
        jumped = index > last + 1;
        last = index;
        live.push(FRAME, 0, FRAME.length);
        event = events.next();
      }
      assertThat(last).isGreaterThan(32);
    }
  }

  @Test
  void aSinkThatFailsEndsTheSessionAndAnotherMayBegin() throws InterruptedException {
    try (LiveListening live = live(ENABLED, speaker)) {
      live.start(
          "anna\nstarted eve",
          Duration.ofSeconds(10),
          (index, pcm, length) -> {
            throw new IllegalStateException("the broker is gone");
          });
      assertThat(events.next()).startsWith("started anna started eve until");
      assertThat(firstFrame(live))
          .isEqualTo(
              "stopped anna started eve: failed: java.lang.IllegalStateException: the broker is"
                  + " gone");
      while (live.isActive()) {
        Thread.onSpinWait();
      }
      assertThat(live.start("ben", Duration.ofSeconds(10), this::sink)).isEmpty();
      assertThat(events.next()).startsWith("started ben");
    }
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LiveSettings(true, Duration.ofMinutes(11), 60))
        .withMessage("live limit is 660 s, wanted 1 to 600");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LiveSettings(true, Duration.ofMinutes(1), 19))
        .withMessage("a live frame of 19 ms, wanted 20 to 100");
    try (LiveListening live = live(ENABLED, speaker)) {
      assertThat(live.start("anna", Duration.ofMillis(-5), this::sink))
          .contains("asked for -5 ms, wanted at least 1 s");
    }
  }
}
