package org.earshot.cloud.ingest;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what other threads and processes bring about. */
public final class Conditions {
  private static final long DEADLINE_SECONDS = 90;

  private Conditions() {}

  /** Waits until something holds; fails when it does not for a long time. */
  public static void await(String what, BooleanSupplier condition) throws InterruptedException {
    await(what, condition, () -> "");
  }

  /** The same, with something to say when it fails. */
  public static void await(String what, BooleanSupplier condition, Supplier<String> state)
      throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("did not happen: " + what + "; " + state.get());
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
