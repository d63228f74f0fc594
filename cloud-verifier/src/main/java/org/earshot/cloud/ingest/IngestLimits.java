package org.earshot.cloud.ingest;

import java.time.Duration;

/**
 * What one device may send, and how much is taken at a time.
 *
 * <p>What a device may send at once lets one that was away for days empty its outbox.
 *
 * @param clipBytes of one clip; 2 MiB, 1 KiB to 64 MiB
 * @param longestClip 60 s, 1 s to 10 min
 * @param events messages that a device may send at once; 600, 1 to 1000000. Those of life safety
 *     have as much again, which others cannot use up
 * @param eventsPerMinute how fast that fills up again; 120
 * @param clips that a device may send at once; 240
 * @param clipsPerMinute how fast that fills up again; 60
 * @param devices whose counts are remembered; of more, those heard longest ago are forgotten;
 *     100000, 100 to 10000000 (some 200 bytes each)
 */
public record IngestLimits(
    int clipBytes,
    Duration longestClip,
    int events,
    int eventsPerMinute,
    int clips,
    int clipsPerMinute,
    int devices) {
  private static final int MOST = 1_000_000;

  /** Throws IllegalArgumentException that says which limit is out of bounds. */
  public IngestLimits {
    within("clipBytes", clipBytes, 1 << 10, 64 << 20);
    within("longestClip in ms", longestClip.toMillis(), 1_000, 600_000);
    within("events", events, 1, MOST);
    within("eventsPerMinute", eventsPerMinute, 1, MOST);
    within("clips", clips, 1, MOST);
    within("clipsPerMinute", clipsPerMinute, 1, MOST);
    within("devices", devices, 100, 10_000_000);
  }

  /** Returns the usual limits. */
  public static IngestLimits usual() {
    return new IngestLimits(2 << 20, Duration.ofSeconds(60), 600, 120, 240, 60, 100_000);
  }

  private static void within(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(name + " " + value + ", wanted " + least + " to " + most);
    }
  }
}
