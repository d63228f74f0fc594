package org.earshot.cloud.ingest;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.earshot.cloud.metrics.CloudMetrics;
import org.earshot.cloud.metrics.Health;
import org.earshot.cloud.metrics.Part;
import org.earshot.cloud.store.ClipStore;
import org.earshot.cloud.store.Database;
import org.earshot.cloud.store.History;
import org.earshot.cloud.store.SetAside;
import org.earshot.cloud.store.StoreException;
import org.earshot.cloud.verify.DeadlineRules;
import org.earshot.cloud.verify.Verification;
import org.earshot.event.TopicKind;
import org.earshot.event.Topics;
import org.earshot.uplink.BrokerAccess;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in events and clips of all devices, shared with the other workers of the group.
 *
 * <p>A message is acknowledged when the history has it, or when it is set aside; what a worker that
 * ends leaves unacknowledged, its session keeps, and another worker takes the session over (ADR
 * 0024). Events and clips have a connection each, so that no clip stands in an alarm's way. While
 * the database is down, nothing is acknowledged, and it goes on by itself when it is back. Threads
 * {@code sessions}, {@code ingest-event-N}, {@code ingest-clip-N}, {@code broker-io}.
 */
public final class Ingest implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final int BEATS_A_LEASE = 3;
  private static final int MAX_ADOPTED = 4; // at a time
  private static final int PACKET_EXTRA_BYTES = 64 * 1024; // of a topic and properties
  private static final long MAX_EVENT_BYTES = 32L << 20; // in hand
  private static final long MAX_CLIP_BYTES = 64L << 20; // in hand
  private static final int MIN_CLIPS = 8; // of the largest size
  private static final String SOURCE = "sessions";

  private final String worker;
  private final BrokerAccess access;
  private final SessionRegistry registry;
  private final IngestSettings settings;
  private final InstantSource clock;
  private final CloudMetrics metrics;
  private final Health health;
  private final Intake events;
  private final Intake clips;
  private final AtomicBoolean unheeded = new AtomicBoolean();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "sessions");

  // on the thread "sessions", and on that of close when it has ended
  private final Map<String, SharedSession> adopted = new TreeMap<>(); // by client id
  private final Map<String, SharedSession> own = new TreeMap<>(); // by client id
  private int generation; // of own sessions

  private volatile List<SharedSession> current = List.of(); // own, for other threads

  /**
   * Makes an ingest; {@link #start} starts it.
   *
   * @param worker name of this process, unique among all and over time; {@link Verification} has
   *     the same
   * @param database where workers know of each other; that of the history
   */
  public Ingest(
      String worker,
      BrokerAccess access,
      Database database,
      History history,
      ClipStore clipStore,
      SetAside setAside,
      Verification verification,
      DeadlineRules deadlines,
      IngestSettings settings,
      InstantSource clock,
      CloudMetrics metrics,
      Health health) {
    this.worker = worker;
    this.access = access;
    this.settings = settings;
    this.clock = clock;
    this.metrics = metrics;
    this.health = health;
    registry = new SessionRegistry(database);
    Aside aside = new Aside(setAside, metrics);
    IngestLimits limits = settings.limits();
    events =
        new Intake(
            new EventTaker(history, verification, deadlines, limits, metrics),
            settings.eventThreads(),
            MAX_EVENT_BYTES,
            aside,
            database::ping,
            settings,
            metrics,
            health);
    clips =
        new Intake(
            new ClipTaker(history, clipStore, verification, deadlines, limits, metrics),
            settings.clipThreads(),
            Math.max(MAX_CLIP_BYTES, MIN_CLIPS * (long) limits.clipBytes()),
            aside,
            database::ping,
            settings,
            metrics,
            health);
  }

  private static int adoptedInFlight(int inFlight) {
    return Math.max(1, inFlight / MAX_ADOPTED);
  }

  /** Starts to connect and to take in; once. */
  public void start() {
    events.start();
    clips.start();
    thread.start();
  }

  /** Returns whether the broker gives this worker its share of events and clips. */
  public boolean isTaking() {
    List<SharedSession> sessions = current;
    return !sessions.isEmpty() && sessions.stream().allMatch(SharedSession::isSubscribed);
  }

  private void run() {
    long beatMillis = settings.lease().toMillis() / BEATS_A_LEASE;
    try {
      do {
        try {
          attend();
          health.well(Part.DATABASE, SOURCE);
        } catch (StoreException e) { // the sessions stand; others take them over if they can
          metrics.databaseFailed();
          health.problem(Part.DATABASE, SOURCE, e.getMessage());
        }
      } while (!closing.await(beatMillis, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Shows that this worker is there, keeps its sessions, and attends to those of the dead. */
  private void attend() {
    var mine = registry.beat(worker, clock.instant());
    if (own.values().stream().anyMatch(session -> isLost(session, mine::contains))) {
      LOG.warn("another worker has taken over the sessions of this one; it makes new ones");
      own.forEach((id, session) -> session.leave());
      own.keySet().stream().filter(mine::contains).forEach(this::adopt);
      own.clear();
    }
    renew(own, false);
    renew(adopted, true);
    if (own.isEmpty()) {
      generation++;
      open(events, TopicKind.EVENT);
      open(clips, TopicKind.CLIP);
      current = List.copyOf(own.values());
    }
    adopted.values().removeIf(session -> isDone(session, mine.contains(session.clientId())));
    while (adopted.size() < MAX_ADOPTED) {
      var session =
          registry.adopt(worker, clock.instant().minus(settings.lease()), clock.instant());
      if (session.isEmpty()) {
        return;
      }
      adopt(session.get());
    }
  }

  private static boolean isLost(SharedSession session, Predicate<String> isMine) {
    return session.isTakenOver() || !isMine.test(session.clientId());
  }

  /** Gives sessions that overflowed a new client, when there is room again. */
  private void renew(Map<String, SharedSession> sessions, boolean areAdopted) {
    sessions.replaceAll(
        (id, session) -> {
          Intake intake = intake(id);
          if (!session.hasOverflowed() || !intake.isEmpty()) {
            return session;
          }
          session.leave();
          SharedSession next = session(id, kind(id), intake, areAdopted);
          next.start();
          return next;
        });
    current = List.copyOf(own.values());
  }

  private static TopicKind kind(String id) {
    return id.endsWith(suffix(TopicKind.CLIP)) ? TopicKind.CLIP : TopicKind.EVENT;
  }

  private Intake intake(String id) {
    return kind(id) == TopicKind.CLIP ? clips : events;
  }

  private void open(Intake intake, TopicKind kind) {
    String id = worker + '-' + generation + suffix(kind);
    registry.register(id, worker, clock.instant());
    SharedSession session = session(id, kind, intake, false);
    own.put(id, session);
    session.start();
  }

  private void adopt(String id) {
    LOG.info("takes over the session {} of a worker that is gone", id);
    metrics.adopted();
    SharedSession session = session(id, kind(id), intake(id), true);
    adopted.put(id, session);
    session.start();
  }

  private static String suffix(TopicKind kind) {
    return kind == TopicKind.CLIP ? "-clips" : "-events";
  }

  private SharedSession session(String id, TopicKind kind, Intake intake, boolean isAdopted) {
    boolean clip = kind == TopicKind.CLIP;
    int inFlight = clip ? settings.clipsInFlight() : settings.eventsInFlight();
    // twice what is allowed still comes and is set aside; the broker throws away what is larger
    int bytes = clip ? settings.limits().clipBytes() : PACKET_EXTRA_BYTES;
    return new SharedSession(
        access,
        id,
        "$share/" + settings.group() + "/" + Topics.everyDevice(kind),
        isAdopted,
        isAdopted ? adoptedInFlight(inFlight) : inFlight,
        2 * bytes + PACKET_EXTRA_BYTES,
        unheeded,
        settings,
        intake,
        (isAdopted ? "adopted" : "own") + suffix(kind),
        clock,
        metrics,
        health);
  }

  /** Whether a session that was taken over needs no more attention. */
  private boolean isDone(SharedSession session, boolean isMine) {
    if (!isMine || session.isTakenOver()) {
      session.leave();
      return true;
    }
    boolean empty = session.isAbsent() || session.isQuiet(settings.quiet().toNanos());
    if (empty && session.end()) {
      registry.remove(session.clientId());
      LOG.info("the session {} is empty and ended", session.clientId());
      return true;
    }
    return false;
  }

  /**
   * Ends ingest: asks the broker for nothing new, stores what is in hand, at most so long, and
   * leaves its sessions to the other workers, at once.
   */
  public void close(Duration grace) {
    long deadline = System.nanoTime() + grace.toNanos();
    closing.countDown();
    try {
      thread.join(Math.max(1, grace.toMillis()));
      for (SharedSession session : own.values()) {
        session.stopNew(Math.max(1, deadline - System.nanoTime()));
      }
      boolean noEvents = events.awaitEmpty(deadline);
      boolean empty = clips.awaitEmpty(deadline) && noEvents;
      LOG.info("ingest ends, {}", empty ? "with nothing in hand" : "and leaves some to others");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    events.close();
    clips.close();
    own.values().forEach(SharedSession::leave);
    adopted.values().forEach(SharedSession::leave);
    try {
      registry.leave(worker);
    } catch (StoreException e) {
      LOG.warn("the sessions are free for others when their lease ends: {}", e.getMessage());
    }
  }

  /** As {@link #close(Duration)}, within 10 s. */
  @Override
  public void close() {
    close(GRACE);
  }
}
