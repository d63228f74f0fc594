package org.earshot.answer;

import java.time.Duration;

/**
 * Whether and how the owner may listen in.
 *
 * @param enabled off unless the configuration says otherwise
 * @param limit of one session, 1 s to 10 min
 * @param frameMillis of one frame, 20 to 100
 */
public record LiveSettings(boolean enabled, Duration limit, int frameMillis) {
  /** Throws IllegalArgumentException for a value out of its range. */
  public LiveSettings {
    if (limit.compareTo(Duration.ofSeconds(1)) < 0 || limit.compareTo(Duration.ofMinutes(10)) > 0) {
      throw new IllegalArgumentException(
          "live limit is " + limit.toSeconds() + " s, wanted 1 to 600");
    }
    if (frameMillis < 20 || frameMillis > 100) {
      throw new IllegalArgumentException(
          "a live frame of " + frameMillis + " ms, wanted 20 to 100");
    }
  }

  /** Returns disabled, with 60 s and 60 ms for when it is enabled. */
  public static LiveSettings standard() {
    return new LiveSettings(false, Duration.ofSeconds(60), 60);
  }
}
