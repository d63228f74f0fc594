package org.earshot.uplink;

import java.util.OptionalLong;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What other threads ask of the uplink's thread.
 *
 * <p>Bounded by what can be asked: one action a flight, a change of a connection or a taken
 * message; wake-ups coalesce.
 */
final class Mailbox implements Lane.Loop {
  private final LinkedBlockingQueue<Runnable> actions = new LinkedBlockingQueue<>();
  private final AtomicBoolean woken = new AtomicBoolean();

  /** Runs an action on the uplink's thread. */
  @Override
  public void run(Runnable action) {
    actions.add(action);
  }

  /** Makes the uplink's thread look around; any number of calls is one until it does. */
  void wake() {
    if (woken.compareAndSet(false, true)) {
      actions.add(() -> woken.set(false));
    }
  }

  /** Waits for an action, at most so long, and runs all that are there. */
  void runAll(OptionalLong nanos) throws InterruptedException {
    Runnable action =
        nanos.isPresent() ? actions.poll(nanos.getAsLong(), TimeUnit.NANOSECONDS) : actions.take();
    while (action != null) {
      action.run();
      action = actions.poll();
    }
  }
}
