package org.earshot.agent;

import java.io.IOException;
import java.nio.file.Path;
import org.earshot.audio.AudioFiles;
import org.earshot.audio.PcmSource;
import org.earshot.detect.AlertSink;
import org.earshot.detect.StepSink;
import org.earshot.detect.StreamingDetector;

/**
 * A recording to be heard.
 *
 * @param file where it lies
 * @param name what the results call it
 */
record Recording(Path file, String name) {
  /** One second at a time, so memory does not depend on the length of the file. */
  static final int BLOCK_SAMPLES = AudioFiles.SAMPLE_RATE_HZ;

  /**
   * Plays the whole file to the detector, which is reset first. Alerts that were heard before a
   * damaged place are ended and reported before the exception leaves.
   */
  void hear(StreamingDetector detector, float[] block, AlertSink alerts, StepSink steps)
      throws IOException {
    detector.reset();
    try (PcmSource source = AudioFiles.open16k(file)) {
      int samples = source.read(block, 0, block.length);
      while (samples >= 0) {
        detector.push(block, 0, samples, alerts, steps);
        samples = source.read(block, 0, block.length);
      }
    } finally {
      detector.finish(alerts);
    }
  }
}
