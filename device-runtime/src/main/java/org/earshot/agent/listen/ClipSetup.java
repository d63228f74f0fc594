package org.earshot.agent.listen;

import org.earshot.agent.config.DeviceConfig;
import org.earshot.clip.ClipSettings;
import org.earshot.detect.Alert;

/** The lengths of clips, out of the configuration. */
final class ClipSetup {
  private static final double POST_ROLL_SECONDS = 2; // docs/device-behaviour.md

  private ClipSetup() {}

  static ClipSettings settings(DeviceConfig.ClipConfig clip) {
    return new ClipSettings(
        samples(clip.preRollSeconds()),
        samples(clip.seconds()),
        samples(POST_ROLL_SECONDS),
        samples(clip.longestSeconds()));
  }

  private static int samples(double seconds) {
    return (int) Math.round(seconds * Alert.SAMPLE_RATE_HZ);
  }
}
