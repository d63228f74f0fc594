package org.earshot.answer;

import java.io.Closeable;
import java.io.IOException;

/** A loudspeaker; opened for each sound. Thread-safe. */
public interface SoundOutput {
  /** Returns what people call it, as in "aplay" or "loudspeaker hw:1". */
  String name();

  /**
   * Opens it for 16-bit mono samples.
   *
   * @throws IOException that says what the reader can do
   */
  Line open(int sampleRateHz) throws IOException;

  /** A sound that is being played. */
  interface Line extends Closeable {
    /**
     * Plays samples, at the pace of the loudspeaker.
     *
     * @param pcm signed 16-bit, little-endian
     * @throws IOException when the loudspeaker fails, or the line was closed meanwhile
     */
    void write(byte[] pcm, int offset, int length) throws IOException;

    /** Waits until all was heard; nothing can be written afterwards. */
    void drain() throws IOException;

    /** Silences it at once; any thread may call it, and a blocked write ends. */
    @Override
    void close();
  }
}
