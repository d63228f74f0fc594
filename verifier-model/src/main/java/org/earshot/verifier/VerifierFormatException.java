package org.earshot.verifier;

import java.io.IOException;

/**
 * A verifier's file that cannot be used; one line says which file, where, what is wrong and what to
 * do.
 */
public final class VerifierFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  private final long offset;

  VerifierFormatException(String name, long offset, String problem) {
    super(
        name
            + ": "
            + problem
            + " (byte "
            + offset
            + "); restore the file from the release or export it again");
    this.offset = offset;
  }

  /** Returns the byte offset of the first value that was refused. */
  public long offset() {
    return offset;
  }
}
