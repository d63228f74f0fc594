package org.earshot.cloud.ingest;

/** Stores messages of one kind. Thread-safe. */
interface Taker {
  /** Returns the kind, for metrics and names of threads: {@code event} or {@code clip}. */
  String kind();

  /**
   * Looks at a message before anything is stored: form, sender, size, rate. Once a message.
   *
   * @throws PoisonException when it is to be set aside
   */
  Parcel open(Incoming message) throws PoisonException;

  /** What is ready to be stored; idempotent, so that it can be tried again. */
  interface Parcel {
    /**
     * Stores it.
     *
     * @throws UnavailableException when database or clip store do not work
     * @throws PoisonException when it is to be set aside
     */
    void store() throws UnavailableException, PoisonException;
  }
}
