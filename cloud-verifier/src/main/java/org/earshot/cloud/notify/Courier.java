package org.earshot.cloud.notify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.earshot.cloud.store.Database;
import org.earshot.cloud.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers queued notices: at least once, those that save lives first, each event's in order.
 *
 * <p>Every channel has threads of its own, so that one that hangs holds back no other. A notice is
 * claimed with a lease: any number of couriers, also in other processes, share the work, and one
 * that dies loses nothing. What fails is tried again after growing delays up to its greatest age.
 * While the database cannot be used nothing is delivered; it goes on by itself afterwards.
 *
 * <p>Thread-safe. Closing waits for what is under way, then interrupts and hands back the rest.
 */
public final class Courier implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
  private static final Duration HAND_BACK = Duration.ofSeconds(10); // for a statement or two
  private static final Duration SWEEP = Duration.ofMinutes(10);

  /**
   * What waits on a channel.
   *
   * @param waiting notices that are to be delivered
   * @param oldest when the one that waits longest was queued
   */
  public record Backlog(long waiting, Instant oldest) {}

  private final Database database;
  private final CourierSettings settings;
  private final Clock clock;
  private final String worker;
  private final List<ChannelRun> runs = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicLong sweptAtMillis;
  private final Object signal = new Object();
  private long signals; // guarded by signal
  private boolean closing; // guarded by signal
  private boolean storeDown; // guarded by signal

  /**
   * Makes a courier that does nothing until it is started.
   *
   * @param channels with distinct names
   * @param random varies delays; thread-safe
   * @param worker name of this process, of no other one that ever ran on this database
   */
  public Courier(
      Database database,
      List<? extends Channel> channels,
      Wording wording,
      CourierSettings settings,
      Clock clock,
      RandomGenerator random,
      String worker) {
    this.database = database;
    this.settings = settings;
    this.clock = clock;
    this.worker = worker;
    sweptAtMillis = new AtomicLong(clock.millis());
    RetryDelay delay = new RetryDelay(settings, random);
    for (Channel channel : channels) {
      runs.add(new ChannelRun(database, channel, wording, settings, clock, delay));
    }
  }

  /** Starts the threads {@code courier-CHANNEL-NUMBER}. */
  public void start() {
    for (ChannelRun run : runs) {
      for (int number = 1; number <= settings.threads(); number++) {
        String name = "courier-" + run.name() + "-" + number;
        Thread thread = new Thread(() -> work(run, worker + "/" + name), name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
      }
    }
  }

  /** Says that something was queued, so that it need not wait for the next look. */
  public void wake() {
    synchronized (signal) {
      signals++;
      signal.notifyAll();
    }
  }

  private void work(ChannelRun run, String holder) {
    try {
      while (!isClosing()) {
        long seen = signalsSoFar();
        if (!turn(run, holder)) {
          await(seen);
        }
      }
    } catch (InterruptedException e) {
      LOG.info("notices: {} was interrupted while closing", run.name());
    }
    if (Thread.interrupted()) {
      LOG.debug("notices: interrupted again"); // it would keep the next statement from running
    }
    try {
      run.handBack(holder);
    } catch (StoreException e) {
      LOG.warn("notices: what {} had in hand waits for its lease: {}", run.name(), e.getMessage());
    }
  }

  /** Tries one notice; false when there is nothing to do now. */
  private boolean turn(ChannelRun run, String holder) throws InterruptedException {
    try {
      sweep();
      boolean worked = run.deliverNext(holder);
      storeIs(true, "");
      return worked;
    } catch (StoreException e) {
      storeIs(false, e.getMessage());
      return false;
    } catch (RuntimeException e) {
      LOG.error("notices: {} stumbled, and goes on", run.name(), e);
      return false;
    }
  }

  private void sweep() {
    long now = clock.millis();
    long last = sweptAtMillis.get();
    if (now - last < SWEEP.toMillis() || !sweptAtMillis.compareAndSet(last, now)) {
      return;
    }
    long before = now - settings.maxAge().plus(settings.lease()).plus(SWEEP).toMillis();
    int ended = database.write(transaction -> NoticeTable.sweep(transaction, before));
    if (ended > 0) {
      LOG.warn("notices: {} given up, which no courier delivered in time", ended);
    }
  }

  private void storeIs(boolean up, String problem) {
    synchronized (signal) {
      if (up == storeDown) {
        storeDown = !up;
        if (up) {
          LOG.info("notices: the database works again");
        } else {
          LOG.warn("notices: nothing can be delivered: {}", problem);
        }
      }
    }
  }

  private boolean isClosing() {
    synchronized (signal) {
      return closing;
    }
  }

  private long signalsSoFar() {
    synchronized (signal) {
      return signals;
    }
  }

  private void await(long seen) throws InterruptedException {
    long end = System.nanoTime() + settings.poll().toNanos();
    synchronized (signal) {
      while (!closing && signals == seen) {
        long leftMillis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (leftMillis <= 0) {
          return;
        }
        signal.wait(leftMillis);
      }
    }
  }

  /** Returns what each channel did, by name. */
  public Map<String, ChannelCounters> counters() {
    Map<String, ChannelCounters> counters = new LinkedHashMap<>();
    runs.forEach(run -> counters.put(run.name(), run.counters()));
    return counters;
  }

  /** Returns what waits, by channel, of all processes; throws {@link StoreException}. */
  public Map<String, Backlog> backlog() {
    return database.read(NoticeTable::backlog);
  }

  /**
   * Tries, on the caller's thread, all that is due on all channels now; for tests and for whoever
   * has no threads to spare.
   *
   * @return how many attempts were made
   */
  int deliverDue() throws InterruptedException {
    int attempts = 0;
    for (ChannelRun run : runs) {
      while (run.deliverNext(worker)) {
        attempts++;
      }
    }
    return attempts;
  }

  @Override
  public void close() {
    synchronized (signal) {
      closing = true;
      signal.notifyAll();
    }
    boolean interrupted = !join(settings.grace());
    threads.forEach(Thread::interrupt);
    interrupted |= !join(HAND_BACK);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for all threads together; false when the caller was interrupted. */
  private boolean join(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    try {
      for (Thread thread : threads) {
        long leftMillis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (leftMillis > 0) {
          thread.join(leftMillis);
        }
      }
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}
