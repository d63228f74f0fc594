package org.earshot.cloud.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.earshot.cloud.metrics.CloudMetrics;
import org.earshot.cloud.metrics.Health;
import org.earshot.cloud.metrics.Part;
import org.earshot.cloud.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores what comes in, on threads of its own, and has each message acknowledged when it is stored
 * or set aside.
 *
 * <p>While the database or the clip store does not work, each thread keeps its message and tries it
 * again, with delays that grow; the others wait unacknowledged at the broker, within the receive
 * maximum. A message that fails again and again while the database answers others is poison. What
 * is in hand is bounded in bytes, for brokers that do not heed the receive maximum. Threads {@code
 * ingest-KIND-N}.
 */
final class Intake {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  /** Failures of one message, with the database well, after which it is to blame. */
  private static final int BLAMED = 6;

  private static final int OVERHEAD_BYTES = 1024; // of a message: topic, objects

  private final Taker taker;
  private final Aside aside;
  private final Runnable probe; // throws StoreException while the database is down
  private final IngestSettings settings;
  private final CloudMetrics metrics;
  private final Health health;
  private final BlockingQueue<Incoming> queue;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicInteger inHand = new AtomicInteger(); // queued or being stored
  private final AtomicLong bytesInHand = new AtomicLong();
  private final long maxBytes;
  private final List<Thread> threads = new ArrayList<>();

  Intake(
      Taker taker,
      int threads,
      long maxBytes,
      Aside aside,
      Runnable probe,
      IngestSettings settings,
      CloudMetrics metrics,
      Health health) {
    this.taker = taker;
    this.aside = aside;
    this.probe = probe;
    this.settings = settings;
    this.metrics = metrics;
    this.health = health;
    this.maxBytes = maxBytes;
    queue = new LinkedBlockingQueue<>(); // bounded by bytes
    for (int i = 1; i <= threads; i++) {
      this.threads.add(new Thread(this::run, "ingest-" + taker.kind() + "-" + i));
    }
  }

  void start() {
    threads.forEach(Thread::start);
  }

  /** Hands over a message; on the network thread. False when there is no room. */
  boolean offer(Incoming message) {
    long bytes = size(message);
    if (bytesInHand.addAndGet(bytes) > maxBytes || closing.getCount() == 0) {
      bytesInHand.addAndGet(-bytes);
      metrics.dropped(taker.kind());
      return false;
    }
    inHand.incrementAndGet();
    queue.add(message);
    return true;
  }

  private static long size(Incoming message) {
    return (long) message.payload().length + OVERHEAD_BYTES;
  }

  boolean isEmpty() {
    return inHand.get() == 0;
  }

  private void run() {
    try {
      while (true) {
        Incoming message = queue.poll(1, TimeUnit.SECONDS);
        if (message == null) {
          if (closing.getCount() == 0) {
            return;
          }
          continue;
        }
        take(message);
        bytesInHand.addAndGet(-size(message));
        inHand.decrementAndGet();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // by close, whose patience is over
    }
  }

  /** Returns when the message is done with; a message that is left is unacknowledged. */
  private void take(Incoming message) throws InterruptedException {
    PoisonException poison = null;
    try {
      Taker.Parcel parcel = taker.open(message);
      for (int failures = 1; !isStored(parcel, failures); failures++) {
        pause(failures);
      }
    } catch (PoisonException e) {
      poison = e;
    } catch (RuntimeException e) { // our mistake; it must not stop the line
      LOG.error("a message on {} cannot be handled", message.topic(), e);
      poison = new PoisonException("error", "it cannot be handled: " + e);
    }
    if (poison != null && aside.isKept(taker.kind(), message, poison)) {
      for (int failures = 1; !isKept(message, poison); failures++) {
        pause(failures);
      }
    }
    message.done().run();
  }

  private boolean isStored(Taker.Parcel parcel, int attempt) throws PoisonException {
    try {
      parcel.store();
      health.well(Part.DATABASE, taker.kind());
      health.well(Part.CLIP_STORE, taker.kind());
      return true;
    } catch (UnavailableException e) {
      failed(e.part(), e.getMessage());
      if (e.part() == Part.DATABASE && attempt >= BLAMED && isDatabaseWell()) {
        throw new PoisonException("refused", "the database refuses it: " + e.getMessage());
      }
      return false;
    }
  }

  private boolean isKept(Incoming message, PoisonException poison) {
    try {
      aside.keep(message, poison);
      health.well(Part.DATABASE, taker.kind());
      return true;
    } catch (StoreException e) {
      failed(Part.DATABASE, e.getMessage());
      return false;
    }
  }

  private boolean isDatabaseWell() {
    try {
      probe.run();
      return true;
    } catch (StoreException e) {
      return false;
    }
  }

  private void failed(Part part, String detail) {
    if (part == Part.DATABASE) {
      metrics.databaseFailed();
    } else {
      metrics.clipStoreFailed();
    }
    health.problem(part, taker.kind(), detail);
  }

  private void pause(int failures) throws InterruptedException {
    if (closing.await(settings.retryAfter(failures).toMillis(), TimeUnit.MILLISECONDS)) {
      throw new InterruptedException("closing"); // left for another worker
    }
  }

  /** Waits until nothing is in hand, at most until then; returns whether it is so. */
  boolean awaitEmpty(long deadlineNanos) throws InterruptedException {
    while (inHand.get() > 0 && System.nanoTime() - deadlineNanos < 0) {
      if (threads.stream().noneMatch(Thread::isAlive)) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
    return inHand.get() == 0;
  }

  /** Ends the threads; what is in hand stays unacknowledged. */
  void close() {
    closing.countDown();
    threads.forEach(Thread::interrupt);
  }
}
