package org.earshot.agent.listen;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.earshot.agent.health.DeviceStatus;
import org.earshot.agent.health.FrameTimes;
import org.earshot.audio.capture.Capture;
import org.earshot.audio.capture.CaptureBlock;
import org.earshot.clip.ClipCutter;
import org.earshot.detect.Alert;
import org.earshot.detect.AlertSink;
import org.earshot.detect.Sensitivity;
import org.earshot.detect.StreamingDetector;
import org.earshot.model.HeadModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One microphone that is listened to: takes its samples, keeps the last of them for clips, and says
 * what it hears.
 *
 * <p>A gap of up to {@value #BRIDGED_SAMPLES} samples is heard as silence. A longer one ends what
 * was open, and the network begins anew: what it remembers would be of another time. Runs on a
 * thread of its own, {@code detect-NAME}; while nothing is heard it allocates nothing.
 */
final class Ear implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Ear.class);
  private static final int BLOCK_SAMPLES = 1600; // 0.1 s
  private static final int HOP_SAMPLES = 160; // of features
  private static final int BRIDGED_SAMPLES = 4000; // 0.25 s
  private static final long UPDATE_SAMPLES = 10L * Alert.SAMPLE_RATE_HZ;

  /** Takes the samples of a microphone as they are heard; returns at once. */
  @FunctionalInterface
  interface Listener {
    void heard(float[] samples, int length, long startSample);
  }

  private final String name;
  private final Capture capture;
  private final StreamingDetector detector;
  private final ClipCutter cutter;
  private final StreamClock clock;
  private final Desk desk;
  private final Listener live;
  private final FrameTimes frames = new FrameTimes();
  private final AtomicReference<Sensitivity> wanted = new AtomicReference<>();
  private final AtomicReference<List<HeadModel>> wantedHeads = new AtomicReference<>();
  private final float[] silence = new float[BRIDGED_SAMPLES];
  private String[] events; // [heads]
  private boolean[] open; // [heads]
  private OpenAlert[] told; // [heads]; null while closed, or when nobody is to be told
  private long[] updated; // [heads], when the desk was last told
  private float[] peak; // [heads]
  private final AlertSink alerts =
      new AlertSink() {
        @Override
        public void opened(String event, long onsetSample, long openedSample) {
          begin(event, origin + onsetSample, origin + openedSample);
        }

        @Override
        public void ended(Alert alert) {
          end(alert);
        }
      };

  private long origin; // sample of the stream at which the detector began
  private final AtomicLong processedSamples = new AtomicLong(); // one writer

  /**
   * @param cutter of this microphone's clips
   * @param live takes every block, for listening in
   */
  Ear(
      String name,
      Capture capture,
      StreamingDetector detector,
      ClipCutter cutter,
      StreamClock clock,
      Desk desk,
      Listener live) {
    this.name = name;
    this.capture = capture;
    this.detector = detector;
    this.cutter = cutter;
    this.clock = clock;
    this.desk = desk;
    this.live = live;
    this.events = detector.events().toArray(String[]::new);
    this.open = new boolean[events.length];
    this.told = new OpenAlert[events.length];
    this.updated = new long[events.length];
    this.peak = new float[events.length];
  }

  /** Between two blocks, so that no sample is lost; what is open of other heads stays open. */
  private void changeHeads(List<HeadModel> heads) {
    detector.setHeads(heads, alerts);
    List<String> before = List.of(events);
    events = detector.events().toArray(String[]::new);
    boolean[] wasOpen = open;
    OpenAlert[] wasTold = told;
    long[] wasUpdated = updated;
    float[] hadPeak = peak;
    open = new boolean[events.length];
    told = new OpenAlert[events.length];
    updated = new long[events.length];
    peak = new float[events.length];
    for (int head = 0; head < events.length; head++) {
      int old = before.indexOf(events[head]);
      if (old >= 0) {
        open[head] = wasOpen[old];
        told[head] = wasTold[old];
        updated[head] = wasUpdated[old];
        peak[head] = hadPeak[old];
      }
    }
    LOG.info("{}: hears with the heads {}", name, String.join(", ", events));
  }

  /** Listens until the source ends or the capture is closed. */
  @Override
  public void run() {
    CaptureBlock block = new CaptureBlock(BLOCK_SAMPLES);
    try {
      while (capture.take(block)) {
        hear(block);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      detector.finish(alerts);
      cutter.finish();
      LOG.info("{}: no longer listening", name);
    }
  }

  private void hear(CaptureBlock block) {
    List<HeadModel> heads = wantedHeads.getAndSet(null);
    if (heads != null) {
      changeHeads(heads);
    }
    Sensitivity sensitivity = wanted.getAndSet(null);
    if (sensitivity != null) {
      detector.setSensitivity(sensitivity);
    }
    if (block.gapSamples > 0) {
      gap(block);
    }
    cutter.push(block.samples, 0, block.length, block.startSample);
    long end = block.startSample + block.length;
    clock.heard(end);
    long began = System.nanoTime();
    detector.push(block.samples, 0, block.length, alerts);
    frames.record(block.length / HOP_SAMPLES, System.nanoTime() - began);
    live.heard(block.samples, block.length, block.startSample);
    processedSamples.lazySet(processedSamples.get() + block.length);
    update(end);
  }

  private void gap(CaptureBlock block) {
    if (block.gapSamples <= BRIDGED_SAMPLES) {
      detector.push(silence, 0, (int) block.gapSamples, alerts);
    } else {
      detector.finish(alerts);
      detector.reset();
      origin = block.startSample;
    }
  }

  private void begin(String event, long onsetSample, long openedSample) {
    int head = head(event);
    open[head] = true;
    updated[head] = openedSample;
    peak[head] = detector.smoothed(head);
    OpenAlert alert =
        desk.opened(
            event, name, clock.instant(onsetSample), clock.instant(openedSample), peak[head]);
    told[head] = alert;
    if (alert != null) {
      cutter.opened(alert.id.text(), event, onsetSample);
    }
  }

  private void end(Alert alert) {
    int head = head(alert.event());
    long offsetSample = origin + alert.offsetSample();
    if (told[head] != null) {
      desk.ended(told[head], clock.instant(offsetSample), alert.peakPosterior());
      cutter.ended(told[head].id.text(), offsetSample);
    }
    told[head] = null;
    open[head] = false;
  }

  /** What goes on is told now and then. */
  private void update(long now) {
    for (int head = 0; head < events.length; head++) {
      if (open[head]) {
        float posterior = detector.smoothed(head);
        peak[head] = Math.max(peak[head], posterior);
        boolean heard = posterior >= peak[head] / 2; // else it may be over: the hold decides
        if (told[head] != null && heard && now - updated[head] >= UPDATE_SAMPLES) {
          updated[head] = now;
          desk.goesOn(told[head], clock.instant(now), peak[head]);
        }
      }
    }
  }

  private int head(String event) {
    for (int head = 0; head < events.length; head++) {
      if (events[head].equals(event)) {
        return head;
      }
    }
    throw new IllegalArgumentException("no head for " + event);
  }

  /** Listens at another sensitivity from the next block on. Any thread. */
  void setSensitivity(Sensitivity sensitivity) {
    wanted.set(sensitivity);
  }

  /** Listens with other heads of the same base from the next block on. Any thread. */
  void setHeads(List<HeadModel> heads) {
    wantedHeads.set(heads);
  }

  String name() {
    return name;
  }

  /** Returns how it fares; any thread. */
  DeviceStatus.Microphone status(List<String> problems) {
    return new DeviceStatus.Microphone(
        name,
        problems,
        processedSamples() / (double) Alert.SAMPLE_RATE_HZ,
        capture.gapSamples() / (double) Alert.SAMPLE_RATE_HZ,
        capture.droppedSamples(),
        capture.reopens(),
        capture.level().rmsDbfs(),
        capture.level().peakDbfs(),
        frames);
  }

  Capture capture() {
    return capture;
  }

  FrameTimes frames() {
    return frames;
  }

  /** Samples that went through the detector. Any thread. */
  long processedSamples() {
    return processedSamples.get();
  }
}
