package org.earshot.audio.capture;

import java.io.Closeable;
import java.io.IOException;

/**
 * Where samples come from; {@link Capture} opens it again and again when it fails.
 *
 * <p>Immutable and thread-safe; the streams are not shared but for what they say.
 */
public interface CaptureSource {

  /** For people: "microphone hw:1", "recording kitchen.wav". Never holds a password. */
  String name();

  /**
   * Whether the source comes to an end, as a recording does. Of a finite source no sample is ever
   * dropped and no time passes between its samples; a live one is opened again when it ends.
   */
  boolean isFinite();

  /**
   * Starts to listen.
   *
   * @throws IOException with one line that says what the reader can do: "no capture device 'hw:1';
   *     found: default, hw:0"
   */
  Stream open() throws IOException;

  /** One opening of a source: 16 kHz mono samples, nominally in [-1, 1]. */
  interface Stream extends Closeable {

    /**
     * Waits for at least one sample, and reads up to {@code length} into {@code
     * buffer[offset..offset+length)}. Does not allocate.
     *
     * @return how many, at least 1 (0 only when {@code length} is 0), or -1 at the end
     * @throws IOException when the device is gone or the stream was closed; in one line for people
     */
    int read(float[] buffer, int offset, int length) throws IOException;

    /**
     * Returns how many samples (of 16 kHz) are known to have been lost before they were read since
     * the last call; 0 when none or unknown. Called by the reading thread.
     */
    default long lostSamples() {
      return 0;
    }

    /** What the device delivers, for people: "48000 Hz, 2 channels". */
    String format();

    /** Ends the stream, from any thread, and wakes a {@link #read} that waits. Idempotent. */
    @Override
    void close() throws IOException;
  }
}
