package org.earshot.cloud.verify;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.earshot.cloud.metrics.CloudMetrics;
import org.earshot.cloud.metrics.Health;
import org.earshot.cloud.metrics.Part;
import org.earshot.cloud.store.ClipStore;
import org.earshot.cloud.store.Database;
import org.earshot.cloud.store.EventKey;
import org.earshot.cloud.store.EventRecord;
import org.earshot.cloud.store.History;
import org.earshot.cloud.store.StoreException;

/**
 * Verifies clips: claims an event whose clip is there, asks the model, stores the verdict and tells
 * the device.
 *
 * <p>Each event gets one verdict, however many workers there are: the history gives it to one at a
 * time, and takes a verdict only from the one that holds it. What is complete is told by {@link
 * #offer}; what finds no room there, what other workers left behind and what is to be tried again
 * is found by looking into the history. A model that fails or hangs costs the clip an attempt, and
 * after some attempts its verification; other clips go on. Threads {@code verify-N}, and {@code
 * judge-N} for the model. All methods are thread-safe.
 */
public final class Verification implements AutoCloseable {
  private static final double JITTER = 0.25;
  private static final String SOURCE = "verification";

  private final String worker;
  private final History history;
  private final VerificationSettings settings;
  private final InstantSource clock;
  private final RandomGenerator random; // guarded by itself
  private final CloudMetrics metrics;
  private final Health health;
  private final WorkQueue queue;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicInteger hanging = new AtomicInteger();
  private final List<ClipJob> jobs = new ArrayList<>(); // one a thread
  private final List<Thread> threads = new ArrayList<>();

  /**
   * Makes a verification; {@link #start} starts it.
   *
   * @param worker name of this process, unique among all; {@code Ingest} uses the same
   * @param database counts attempts
   * @param publisher tells devices their verdicts
   * @param random varies the times of looking, so that workers do not march
   */
  public Verification(
      String worker,
      History history,
      ClipStore clips,
      Database database,
      Verifier verifier,
      VerdictPublisher publisher,
      VerificationSettings settings,
      InstantSource clock,
      RandomGenerator random,
      CloudMetrics metrics,
      Health health) {
    this.worker = worker;
    this.history = history;
    this.settings = settings;
    this.clock = clock;
    this.random = random;
    this.metrics = metrics;
    this.health = health;
    queue = new WorkQueue(settings.queue());
    Attempts attempts = new Attempts(database);
    for (int i = 1; i <= settings.threads(); i++) {
      ClipJob job =
          new ClipJob(
              worker,
              history,
              clips,
              attempts,
              new TimedVerifier(verifier, settings.patience(), "judge-" + i, hanging),
              publisher,
              settings,
              clock,
              closing,
              metrics,
              health);
      jobs.add(job);
      threads.add(new Thread(() -> run(job), "verify-" + i));
    }
    metrics.depth("earshot_verification_queue", "Events that wait in this process.", queue::depth);
  }

  /** Starts to verify; once. */
  public void start() {
    threads.forEach(Thread::start);
  }

  /**
   * Tells that event and clip are there. False when the queue is full: the event is verified all
   * the same, but the caller should take in no more clips for a while.
   *
   * @param urgent whether it goes before others
   */
  public boolean offer(EventKey key, boolean urgent) {
    return queue.offer(key, urgent);
  }

  /** Waits until the queue has room, at most so long; returns whether it has. */
  public boolean awaitRoom(Duration longest) throws InterruptedException {
    return queue.awaitRoom(longest);
  }

  /** Returns how many events wait in this process. */
  public int depth() {
    return queue.depth();
  }

  private void run(ClipJob job) {
    int failures = 0;
    Look look = new Look();
    try {
      while (closing.getCount() > 0) {
        if (!mayAsk()) {
          continue;
        }
        try {
          Optional<EventRecord> event = next(look);
          if (event.isPresent()) {
            metrics.claimed();
            job.verify(event.get());
          }
          failures = 0;
          health.well(Part.DATABASE, SOURCE);
        } catch (StoreException e) {
          failures++;
          metrics.databaseFailed();
          health.problem(Part.DATABASE, SOURCE, e.getMessage());
          pause(varied(settings.retryAfter(failures)));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // by close, whose patience is over
    } finally {
      job.close();
    }
  }

  /** When a thread looks into the history for the next time. */
  private static final class Look {
    private long dueNanos = System.nanoTime();
  }

  /**
   * Claims what was told; when a look into the history is due, and until that finds nothing more,
   * what waits there. The latter only after a while: until then it is for the worker that was told.
   */
  private Optional<EventRecord> next(Look look) throws InterruptedException {
    long untilLook = look.dueNanos - System.nanoTime();
    if (untilLook > 0) {
      Optional<EventKey> told = queue.poll(Duration.ofNanos(untilLook));
      return told.isPresent() && closing.getCount() > 0
          ? history.claim(told.get(), worker, clock.instant(), settings.lease())
          : Optional.empty();
    }
    Duration left = settings.poll();
    Optional<EventRecord> event =
        history.claim(worker, clock.instant().minus(left), settings.lease().plus(left));
    if (event.isEmpty()) {
      look.dueNanos = System.nanoTime() + varied(settings.poll()).toNanos();
    }
    return event;
  }

  /** One clip may hang in all its attempts; with more than that, the next would hang too. */
  private boolean mayAsk() throws InterruptedException {
    int hung = hanging.get();
    if (hung < settings.threads() + settings.attempts()) {
      health.well(Part.VERIFIER, "hung");
      return true;
    }
    health.problem(
        Part.VERIFIER, "hung", hung + " calls of the model do not return; restart this process");
    pause(settings.poll());
    return false;
  }

  private void pause(Duration duration) throws InterruptedException {
    boolean ended = closing.await(duration.toMillis(), TimeUnit.MILLISECONDS);
    assert !ended || closing.getCount() == 0;
  }

  private Duration varied(Duration duration) {
    synchronized (random) {
      double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
      return Duration.ofMillis(Math.round(duration.toMillis() * factor));
    }
  }

  /**
   * Ends verification: takes nothing more, waits for what is under way, at most so long, and gives
   * back what is not done, so that another worker has it at once.
   */
  public void close(Duration grace) {
    closing.countDown();
    queue.close();
    long deadline = System.nanoTime() + grace.toNanos();
    try {
      for (Thread thread : threads) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (thread.isAlive() && left > 0) {
          thread.join(left);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    jobs.forEach(ClipJob::handBack);
    threads.forEach(Thread::interrupt);
  }

  /** As {@link #close(Duration)}, with as much patience as with the model. */
  @Override
  public void close() {
    close(settings.patience());
  }
}
