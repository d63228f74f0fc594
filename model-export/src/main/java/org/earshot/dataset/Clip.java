package org.earshot.dataset;

/**
 * One weakly labelled recording.
 *
 * @param path relative to the data folder
 * @param label an event of {@link org.earshot.model.EventLabels#STANDARD}, or the label of a
 *     negative
 * @param part what it may be used for
 * @param dataset where it comes from
 * @param sourceId the recording that it was cut from; clips that share it share a part
 * @param licence as stated by the data set
 * @param samples 16 kHz mono in [-1, 1]; empty when the library was loaded without samples
 */
public record Clip(
    String path,
    String label,
    Part part,
    String dataset,
    String sourceId,
    String licence,
    float[] samples) {

  /** Seconds of audio; 0 when loaded without samples. */
  public double seconds() {
    return samples.length / 16_000.0;
  }
}
