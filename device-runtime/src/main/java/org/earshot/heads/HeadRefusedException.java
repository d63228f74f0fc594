package org.earshot.heads;

/** A head update, or what was asked about one, that is refused; nothing has changed. */
public final class HeadRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** No whole head file: cut off, changed on the way, or something else. */
    DAMAGED,
    /** Not signed, or by a key that is not trusted. */
    UNTRUSTED,
    /** Changed after it was signed. */
    FORGED,
    /** Made for another base. */
    WRONG_BASE,
    /** Not newer than what was taken before. */
    OLDER,
    /** It does not give here what it gave where it was made. */
    SELF_TEST,
    /** There are as many heads as there may be. */
    TOO_MANY,
    /** There is nothing that could be removed or rolled back. */
    ABSENT
  }

  private final Reason reason;

  HeadRefusedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  HeadRefusedException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Returns why. */
  public Reason reason() {
    return reason;
  }
}
