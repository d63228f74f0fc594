package org.earshot.agent.health;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A device at one moment.
 *
 * @param version of the program
 * @param uptime since it began to listen
 * @param mode of the guard
 * @param microphones in the order of the configuration
 * @param broker null where none is configured
 * @param outbox what waits on disk
 * @param alerts raised since the start, by event
 * @param suppressed not told because of cooldown or mode, by event
 * @param lostHandOffs alerts that the queue between detection and the rest had no room for
 */
public record DeviceStatus(
    String version,
    Duration uptime,
    String mode,
    List<Microphone> microphones,
    Broker broker,
    Outbox outbox,
    Map<String, Long> alerts,
    Map<String, Long> suppressed,
    long lostHandOffs) {

  /**
   * One microphone.
   *
   * @param problems what is wrong now; empty when it hears
   * @param audioSeconds processed
   * @param gapSeconds missing, as far as known
   * @param droppedSamples captured and not processed
   * @param reopened how often it had to be opened again
   * @param levelDb root mean square of the last second, dBFS
   * @param peakDb its peak
   * @param frames how long frames took
   */
  public record Microphone(
      String name,
      List<String> problems,
      double audioSeconds,
      double gapSeconds,
      long droppedSamples,
      long reopened,
      double levelDb,
      double peakDb,
      FrameTimes frames) {}

  /**
   * The broker.
   *
   * @param problem the last one, empty while connected
   */
  public record Broker(
      String address, boolean connected, String problem, long reconnects, long published) {}

  /**
   * What waits on disk.
   *
   * @param discardedClips clips that gave way to newer ones
   */
  public record Outbox(int items, long bytes, long discardedClips) {}

  /** Whether every microphone hears and the broker, if there is one, is connected. */
  public boolean isWell() {
    return isListening() && (broker == null || broker.connected());
  }

  /** Whether every microphone hears. */
  public boolean isListening() {
    return microphones.stream().allMatch(microphone -> microphone.problems().isEmpty());
  }
}
