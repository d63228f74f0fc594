package org.earshot.event;

import java.time.Instant;
import java.util.List;

/**
 * Numbers that show a device at work, sent about once a minute; counters count since its start.
 *
 * @param at when this was said
 * @param uptimeSeconds since the process started
 * @param heapBytes used
 * @param outboxDepth messages and clips that wait for the broker
 * @param outboxBytes on disk
 * @param droppedClips that the disk budget cost, sent to nobody
 * @param setAside messages and clips that could not be read or that the broker kept refusing
 * @param connects connections to the broker that succeeded
 * @param alerts events that were announced
 * @param suppressedClips left out by the cooldown and by the limit per hour
 * @param microphones one each, at most {@link StateMessage#MAX_MICROPHONES}
 */
public record HealthMessage(
    Instant at,
    long uptimeSeconds,
    long heapBytes,
    int outboxDepth,
    long outboxBytes,
    long droppedClips,
    long setAside,
    long connects,
    long alerts,
    long suppressedClips,
    List<Microphone> microphones) {
  /** Level of a microphone that gives no samples: the smallest 16-bit step is at -90.3 dBFS. */
  public static final double MIN_DBFS = -120;

  /**
   * One microphone at work.
   *
   * @param name in the configuration
   * @param state {@code ok} or the kind of its problem, such as {@code device_absent}
   * @param rmsDbfs level of the last second, -120 to 0
   * @param peakDbfs peak of the last second, -120 to 0
   * @param capturedSamples at 16 kHz
   * @param droppedSamples lost on the way to the detector
   * @param gapSamples that the source did not deliver
   * @param reopens how often the source was opened again
   */
  public record Microphone(
      String name,
      String state,
      double rmsDbfs,
      double peakDbfs,
      long capturedSamples,
      long droppedSamples,
      long gapSamples,
      long reopens) {
    /** Throws IllegalArgumentException that names the field when a value is out of bounds. */
    public Microphone {
      Checks.text("name", name);
      Checks.label("state", state);
      Checks.between("rmsDbfs", rmsDbfs, MIN_DBFS, 0);
      Checks.between("peakDbfs", peakDbfs, MIN_DBFS, 0);
      Checks.range("capturedSamples", capturedSamples, 0, Long.MAX_VALUE);
      Checks.range("droppedSamples", droppedSamples, 0, Long.MAX_VALUE);
      Checks.range("gapSamples", gapSamples, 0, Long.MAX_VALUE);
      Checks.range("reopens", reopens, 0, Long.MAX_VALUE);
    }
  }

  /** Throws IllegalArgumentException that names the field when a value is out of bounds. */
  public HealthMessage {
    at = Checks.moment("at", at);
    Checks.range("uptimeSeconds", uptimeSeconds, 0, Long.MAX_VALUE);
    Checks.range("heapBytes", heapBytes, 0, Long.MAX_VALUE);
    Checks.range("outboxDepth", outboxDepth, 0, Integer.MAX_VALUE);
    Checks.range("outboxBytes", outboxBytes, 0, Long.MAX_VALUE);
    Checks.range("droppedClips", droppedClips, 0, Long.MAX_VALUE);
    Checks.range("setAside", setAside, 0, Long.MAX_VALUE);
    Checks.range("connects", connects, 0, Long.MAX_VALUE);
    Checks.range("alerts", alerts, 0, Long.MAX_VALUE);
    Checks.range("suppressedClips", suppressedClips, 0, Long.MAX_VALUE);
    microphones = List.copyOf(microphones);
    Checks.range("number of microphones", microphones.size(), 0, StateMessage.MAX_MICROPHONES);
  }
}
