package org.earshot.answer;

/** Takes the frames of live listening, on the thread {@code live}. */
@FunctionalInterface
public interface LiveSink {
  /**
   * Takes a frame.
   *
   * @param index of the frame in its session; a jump tells of dropped ones
   * @param pcm signed 16-bit, little-endian, 16 kHz, mono; overwritten after the call
   */
  void frame(long index, byte[] pcm, int length);
}
