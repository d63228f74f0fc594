package org.earshot.audio;

import java.io.IOException;

/**
 * A recording that cannot be read as audio.
 *
 * <p>The message is one line: what is wrong, the byte offset, and what the reader can do. It does
 * not name the file, which the caller knows.
 */
public final class CorruptAudioException extends IOException {
  private static final long serialVersionUID = 1L;

  private final long offset;

  /**
   * @param problem what is wrong, without a full stop
   * @param offset byte offset in the file at which it is wrong
   * @param remedy what can be done, as an imperative
   */
  public CorruptAudioException(String problem, long offset, String remedy) {
    super(problem + " at byte " + offset + "; " + remedy);
    this.offset = offset;
  }

  /** As the other constructor, with the exception that revealed the damage. */
  public CorruptAudioException(String problem, long offset, String remedy, Throwable cause) {
    this(problem, offset, remedy);
    initCause(cause);
  }

  /** Byte offset in the file, from 0, at which the damage was noticed. */
  public long offset() {
    return offset;
  }
}
