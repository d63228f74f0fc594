package org.earshot.cloud.demo;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Waits for Enter, or for the process to be told to end. The end of the input is neither: a
 * demonstration may run without a terminal.
 *
 * <p>Told to end, the process waits until this is closed, at most ten seconds, so that what was
 * made is put away.
 */
final class Stay implements AutoCloseable {
  private static final long CLOSE_SECONDS = 10;

  private final InputStream in;
  private final CountDownLatch ending = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::shutdown, "stay-end");

  private Stay(InputStream in) {
    this.in = in;
  }

  /** Listens to the end of the process from now on, and to Enter from {@link #await} on. */
  static Stay begin(InputStream in) {
    Stay stay = new Stay(in);
    Runtime.getRuntime().addShutdownHook(stay.hook);
    return stay;
  }

  void await() throws InterruptedException {
    Thread reader = new Thread(this::read, "stay-enter");
    reader.setDaemon(true); // it may wait for ever
    reader.start();
    ending.await();
  }

  private void read() {
    try {
      int character = in.read();
      while (character >= 0 && character != '\n') {
        character = in.read();
      }
      if (character >= 0) {
        ending.countDown();
      }
    } catch (IOException e) {
      // As at the end of the input.
    }
  }

  /** Ends the waiting. */
  void end() {
    ending.countDown();
  }

  private void shutdown() {
    end();
    try {
      if (!closed.await(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("the demonstration did not put away what it made");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already.
    }
  }
}
