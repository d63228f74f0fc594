package org.earshot.evaluation;

/**
 * A stretch of sound that a report shows and plays.
 *
 * @param title what it is an example of
 * @param detail stream, condition and what the model said
 * @param samples 16 kHz mono
 * @param markFromSeconds start of what is meant, from the start of the samples
 * @param markToSeconds its end
 */
@SuppressWarnings("ArrayRecordComponent") // shown once, compared nowhere
record SoundExample(
    String title, String detail, float[] samples, double markFromSeconds, double markToSeconds) {

  static final int SAMPLE_RATE_HZ = 16_000;

  double seconds() {
    return samples.length / (double) SAMPLE_RATE_HZ;
  }
}
