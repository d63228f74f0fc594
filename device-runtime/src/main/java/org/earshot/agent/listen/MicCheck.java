package org.earshot.agent.listen;

import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.earshot.audio.capture.Capture;
import org.earshot.audio.capture.CaptureBlock;
import org.earshot.audio.capture.LevelMeter;
import org.earshot.detect.Alert;
import org.earshot.detect.AlertSink;
import org.earshot.detect.StreamingDetector;
import org.earshot.model.EventLabels;

/**
 * Tries a microphone with the person who has just put it up: shows the level, judges it, and waits
 * for the smoke alarm's test button.
 *
 * <p>Time is that of the sound, so a recording can stand in for the microphone.
 */
public final class MicCheck {
  private static final int BLOCK_SAMPLES = 1600; // a line's tenth of a second
  private static final int BAR = 40;
  private static final double BAR_FROM_DB = -80;
  private static final double ROOM_SECONDS = 5;
  private static final double QUIET_DB = -85; // a room is never so quiet: the gain is off
  private static final double LOUD_DB = -25; // nothing could stand out
  private static final double CLIPPED_DB = -0.1;

  private final PrintWriter out;
  private final boolean terminal; // a line may be written over

  /**
   * @param terminal whether {@code out} is a screen, so that a line may be written over
   */
  public MicCheck(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** What came of it. */
  public enum Outcome {
    ALARM_HEARD,
    NO_ALARM,
    NO_SOUND
  }

  /**
   * Listens to a capture that was started.
   *
   * @param detector for alarms at least
   * @param seconds to wait for the alarm
   */
  public Outcome run(Capture capture, StreamingDetector detector, double seconds)
      throws InterruptedException {
    CaptureBlock block = new CaptureBlock(BLOCK_SAMPLES);
    LevelMeter meter = new LevelMeter();
    String[] heard = new String[1];
    AlertSink alerts =
        new AlertSink() {
          @Override
          public void opened(String event, long onsetSample, long openedSample) {
            if (EventLabels.ALARMS.contains(event) && heard[0] == null) {
              heard[0] = event;
            }
          }

          @Override
          public void ended(Alert alert) {}
        };
    out.println("Be quiet for five seconds ...");
    boolean asked = false;
    double loudest = LevelMeter.FLOOR_DBFS;
    while (capture.take(block)) {
      detector.push(block.samples, 0, block.length, alerts);
      double time = (block.startSample + block.length) / (double) Alert.SAMPLE_RATE_HZ;
      meter.add(block.samples, 0, block.length);
      LevelMeter.Level level = meter.level();
      show(level);
      if (!asked && time >= ROOM_SECONDS) {
        asked = true;
        if (!judgeRoom(level)) {
          return Outcome.NO_SOUND;
        }
        out.printf(
            Locale.ROOT,
            "Now press the test button of your smoke alarm and hold it (%.0f s are left) ...%n",
            seconds);
      }
      if (asked) {
        loudest = Math.max(loudest, level.peakDbfs());
      }
      if (asked && heard[0] != null) {
        return well(heard[0], loudest);
      }
      if (time >= ROOM_SECONDS + seconds) {
        break;
      }
    }
    endLine();
    if (!asked) { // what is wrong with a microphone was said by whoever saw it
      capture.failure().ifPresent(out::println);
      return Outcome.NO_SOUND;
    }
    out.printf(
        Locale.ROOT,
        "No alarm was heard; the loudest sound had a peak of %.0f dBFS. Bring the microphone nearer,"
            + " raise its gain, or hold the button longer: an alarm is told after three beeps.%n",
        loudest);
    return Outcome.NO_ALARM;
  }

  private Outcome well(String what, double loudest) {
    endLine();
    out.println("Heard: " + what + ". This microphone is well placed.");
    if (loudest >= CLIPPED_DB) {
      out.println("It was so loud that the microphone clipped; a lower gain would do.");
    }
    return Outcome.ALARM_HEARD;
  }

  /** Says what to think of the quiet room; false when there is no use going on. */
  private boolean judgeRoom(LevelMeter.Level level) {
    endLine();
    if (level.rmsDbfs() <= LevelMeter.FLOOR_DBFS) {
      out.println(
          "Nothing comes from this microphone, not even noise: it is muted, or it is the wrong one.");
      return false;
    }
    String judgement =
        level.rmsDbfs() < QUIET_DB
            ? "too quiet: raise the microphone's gain"
            : level.rmsDbfs() > LOUD_DB ? "too loud: lower the gain, or move it" : "fine";
    out.printf(Locale.ROOT, "The quiet room: %.0f dBFS, %s.%n", level.rmsDbfs(), judgement);
    return true;
  }

  private void show(LevelMeter.Level level) {
    if (terminal) {
      out.printf(
          Locale.ROOT,
          "\r[%s%s] %4.0f dBFS, peak %4.0f ",
          "#".repeat(length(level.rmsDbfs())),
          "-".repeat(BAR - length(level.rmsDbfs())),
          level.rmsDbfs(),
          level.peakDbfs());
      out.flush();
    }
  }

  private void endLine() {
    if (terminal) {
      out.println();
    }
  }

  private static int length(double db) {
    return (int) Math.max(0, Math.min(BAR, Math.round(BAR * (db - BAR_FROM_DB) / -BAR_FROM_DB)));
  }

  /** Events that it can hear of. */
  public static Set<String> events(Set<String> known) {
    Set<String> events = new HashSet<>(EventLabels.ALARMS);
    events.retainAll(known);
    return events;
  }
}
