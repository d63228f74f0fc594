package org.earshot.cloud.web;

import java.io.IOException;
import java.util.function.Consumer;
import org.earshot.event.LiveFrame;

/** Where the frames of live listening come from. Thread-safe. */
@FunctionalInterface
public interface LiveSource {
  /** Ends a subscription; any number of times. */
  @FunctionalInterface
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Subscribes to {@code earshot/<site>/<device>/live}.
   *
   * @param sink called by the network's thread; does not block
   * @throws IOException with one line for people when the broker cannot be reached or refuses
   */
  Subscription subscribe(String site, String device, Consumer<LiveFrame> sink) throws IOException;
}
