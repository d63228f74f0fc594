package org.earshot.cloud.store;

/** The database or the clip store cannot be used; the message says which, why and what to do. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An exception with what the reader can do, and its cause. */
  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
