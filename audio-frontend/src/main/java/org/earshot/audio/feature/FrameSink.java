package org.earshot.audio.feature;

/** Receives feature frames one at a time, on the thread that pushes samples. */
@FunctionalInterface
public interface FrameSink {
  /**
   * Takes one frame.
   *
   * @param frameIndex 0 for the first frame since the last reset; frame k covers samples {@code [k
   *     * hop, k * hop + frame)}
   * @param features [melBands], owned by the extractor and overwritten by the next frame
   */
  void accept(long frameIndex, float[] features);
}
