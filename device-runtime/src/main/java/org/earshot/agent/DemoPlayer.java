package org.earshot.agent;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.earshot.audio.AudioFiles;
import org.earshot.audio.PcmSource;
import org.earshot.detect.Alert;
import org.earshot.detect.AlertSink;
import org.earshot.detect.StreamingDetector;

/** Plays a recording to the detector and to a view, at a multiple of real time. */
final class DemoPlayer implements AlertSink {
  private static final double BLOCK_WALL_SECONDS = 0.05; // 20 frames a second
  private static final int SHORTEST_BLOCK = 480;

  /** Waits; replaced in tests. */
  interface Pace {
    /** Returns when this many seconds have passed since the first call with 0. */
    void waitUntil(double wallSeconds) throws InterruptedException;
  }

  private final StreamingDetector detector;
  private final DemoView view;
  private final Pace pace;
  private final double speed; // multiple of real time; 0: as fast as it goes
  private List<Alert> alerts = new ArrayList<>();
  private double playedSeconds;

  DemoPlayer(StreamingDetector detector, DemoView view, Pace pace, double speed) {
    this.detector = detector;
    this.view = view;
    this.pace = pace;
    this.speed = speed;
  }

  /** Plays the whole recording and returns its alerts. */
  List<Alert> play(Recording recording) throws IOException, InterruptedException {
    detector.reset();
    alerts = new ArrayList<>();
    double wanted = AudioFiles.SAMPLE_RATE_HZ * BLOCK_WALL_SECONDS * (speed == 0 ? 8 : speed);
    float[] block = new float[(int) Math.max(SHORTEST_BLOCK, Math.min(wanted, 160_000))];
    long samples = 0;
    pace.waitUntil(0);
    try (PcmSource source = AudioFiles.open16k(recording.file())) {
      int read = fill(source, block);
      while (read > 0) {
        detector.push(block, 0, read, this);
        samples += read;
        playedSeconds = samples / (double) AudioFiles.SAMPLE_RATE_HZ;
        view.heard(playedSeconds, levelDb(block, read), detector);
        if (speed > 0) {
          pace.waitUntil(playedSeconds / speed);
        }
        read = fill(source, block);
      }
    } finally {
      detector.finish(this);
    }
    return alerts;
  }

  /** Returns how long the last recording was. */
  double playedSeconds() {
    return playedSeconds;
  }

  @Override
  public void opened(String event, long onsetSample, long openedSample) {
    view.opened(
        event,
        onsetSample / (double) Alert.SAMPLE_RATE_HZ,
        openedSample / (double) Alert.SAMPLE_RATE_HZ);
  }

  @Override
  public void ended(Alert alert) {
    alerts.add(alert);
    view.ended(alert);
  }

  /** Reads until the block is full or the recording ends; frames of equal length move evenly. */
  private static int fill(PcmSource source, float[] block) throws IOException {
    int filled = 0;
    while (filled < block.length) {
      int read = source.read(block, filled, block.length - filled);
      if (read < 0) {
        break;
      }
      filled += read;
    }
    return filled;
  }

  private static double levelDb(float[] samples, int length) {
    double energy = 1e-12;
    for (int i = 0; i < length; i++) {
      energy += (double) samples[i] * samples[i];
    }
    return 10 * Math.log10(energy / Math.max(1, length));
  }
}
