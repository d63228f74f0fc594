package org.earshot.cloud.ingest;

/** A message that cannot be used, now or ever; one line says why. */
final class PoisonException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String word;

  /**
   * A reason.
   *
   * @param word of a small set, for metrics
   */
  PoisonException(String word, String reason) {
    super(reason);
    this.word = word;
  }

  String word() {
    return word;
  }
}
