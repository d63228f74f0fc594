package org.earshot.cloud.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.earshot.cloud.store.Audit;
import org.earshot.cloud.store.DeviceRecord;
import org.earshot.cloud.store.Devices;
import org.earshot.cloud.store.StoreException;
import org.earshot.cloud.web.account.Role;
import org.earshot.cloud.web.account.Session;
import org.earshot.cloud.web.account.Sessions;
import org.earshot.event.CommandMessage;
import org.earshot.event.LiveFrame;
import org.earshot.event.StateMessage;
import org.earshot.event.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Live listening: one request that begins it, carries the sound, and ends it.
 *
 * <p>The answer's body is the device's live frames (docs/event-protocol.md), one after another. So
 * nobody hears who did not ask, and the device is told to stop as soon as the browser is gone. It
 * also ends when the person signs out or loses the home, and when no frames come.
 */
final class LiveRoutes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveRoutes.class);
  private static final int MIN_SECONDS = 5;
  private static final int MAX_SECONDS = 300;
  private static final int QUEUE_FRAMES = 64;
  private static final Duration FIRST_FRAME = Duration.ofSeconds(15); // chime, and the way there
  private static final Duration NEXT_FRAME = Duration.ofSeconds(5);
  private static final Duration RECHECK = Duration.ofSeconds(3);

  private final Devices devices;
  private final Audit audit;
  private final CommandPublisher publisher;
  private final LiveSource source;
  private final Sessions sessions;
  private final Clock clock;
  private final Map<Topics, Listening> active = new ConcurrentHashMap<>();
  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "web-live");
            thread.setDaemon(true);
            return thread;
          });

  @SuppressWarnings("FutureReturnValueIgnored") // a round never throws
  LiveRoutes(
      Devices devices,
      Audit audit,
      CommandPublisher publisher,
      LiveSource source,
      Sessions sessions,
      Clock clock) {
    this.devices = devices;
    this.audit = audit;
    this.publisher = publisher;
    this.source = source;
    this.sessions = sessions;
    this.clock = clock;
    rounds.scheduleWithFixedDelay(this::round, 1, 1, TimeUnit.SECONDS);
  }

  /** One listening; its fields are written once before it is shared, or are volatile. */
  private final class Listening {
    final Topics topics;
    final Session session;
    final AsyncBody body = new AsyncBody(QUEUE_FRAMES);
    final AtomicInteger dropped = new AtomicInteger();
    final long endNanos;
    volatile long dueNanos = System.nanoTime() + FIRST_FRAME.toNanos(); // of the next frame
    volatile LiveSource.Subscription subscription = () -> {};
    long checkNanos = System.nanoTime();

    Listening(Topics topics, Session session, int seconds) {
      this.topics = topics;
      this.session = session;
      endNanos = System.nanoTime() + FIRST_FRAME.plusSeconds(seconds).toNanos();
    }

    void hear(LiveFrame frame) {
      dueNanos = System.nanoTime() + NEXT_FRAME.toNanos();
      if (!body.offer(frame.toBytes())) {
        dropped.incrementAndGet();
      }
    }

    /** Once, on the thread of the rounds: the broker may be slow. */
    void over() {
      active.remove(topics, this);
      subscription.close();
      try {
        publisher.publish(
            topics.site(),
            topics.device(),
            new CommandMessage.ListenLive(false, 0, session.account().name()),
            Delivery.NOW);
      } catch (IOException e) {
        LOG.warn("web: {} was not told that nobody listens: {}", topics.device(), e.getMessage());
      }
      LOG.info(
          "web: {} no longer listens to {}/{}; {} frames dropped",
          session.account().name(),
          topics.site(),
          topics.device(),
          dropped.get());
    }
  }

  List<Route> routes() {
    return List.of(Route.post("/devices/{site}/{device}/live", Route.Need.SESSION, this::listen));
  }

  private void listen(Context context, Visit visit) throws IOException {
    Topics topics = visit.device(context.pathParam("site"), context.pathParam("device"));
    visit.mustOwn(topics.site());
    DeviceRecord device =
        devices.find(topics.site(), topics.device()).orElseThrow(Problem::notFound);
    JsonBody body = Http.body(context);
    int seconds = body.whole("seconds", MIN_SECONDS, MAX_SECONDS);
    if (!body.flag("consent")) {
      throw Problem.badRequest(
          "'consent' must be true: whoever is in the room is told, and may not want it");
    }
    StateMessage state = device.state();
    if (state != null && state.live() != null && state.live().until().isAfter(clock.instant())) {
      throw Problem.conflict(state.live().who() + " listens already");
    }
    Listening listening = new Listening(topics, visit.session(), seconds);
    if (active.putIfAbsent(topics, listening) != null) {
      throw Problem.conflict("somebody listens already");
    }
    try {
      begin(listening, seconds);
    } catch (RuntimeException | IOException e) {
      active.remove(topics, listening);
      listening.subscription.close();
      if (e instanceof IOException) {
        throw Problem.unavailable("nothing can be heard: " + e.getMessage());
      }
      throw e;
    }
    context.contentType("application/octet-stream");
    context.header("X-Accel-Buffering", "no");
    listening.body.start(context, () -> {});
  }

  @SuppressWarnings("FutureReturnValueIgnored") // what follows the end handles its errors
  private void begin(Listening listening, int seconds) throws IOException {
    Topics topics = listening.topics;
    String who = listening.session.account().name();
    audit.append(
        new Audit.Line(
            clock.instant(),
            topics.site(),
            who,
            "listen_live",
            topics.device(),
            "for at most " + seconds + " s"));
    listening.subscription = source.subscribe(topics.site(), topics.device(), listening::hear);
    DeviceRoutes.send(
        publisher, topics, new CommandMessage.ListenLive(true, seconds, who), Delivery.NOW);
    LOG.info("web: {} listens to {}/{}", who, topics.site(), topics.device());
    listening
        .body
        .end()
        .whenComplete(
            (end, error) -> {
              try {
                rounds.execute(listening::over);
              } catch (RejectedExecutionException e) {
                listening.over(); // the server stops
              }
            });
  }

  private void round() {
    long now = System.nanoTime();
    for (Listening listening : active.values()) {
      try {
        if (now - listening.dueNanos > 0 || now - listening.endNanos > 0) {
          listening.body.close();
        } else if (now - listening.checkNanos > RECHECK.toNanos()) {
          listening.checkNanos = now;
          if (!mayListen(listening)) {
            listening.body.abort();
          }
        }
      } catch (RuntimeException e) {
        LOG.error("web: a live listening ends after an error", e);
        listening.body.abort();
      }
    }
  }

  private boolean mayListen(Listening listening) {
    try {
      return sessions
          .peek(listening.session.tokenHash())
          .map(session -> session.account().sites().get(listening.topics.site()) == Role.OWNER)
          .orElse(false);
    } catch (StoreException e) {
      return true; // the database is away; the time limit stands
    }
  }

  /** Ends all listenings, and waits a little until the devices were told. */
  @Override
  public void close() {
    active.values().forEach(listening -> listening.body.abort());
    rounds.shutdown();
    try {
      if (!rounds.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.warn("web: devices may not have been told that nobody listens");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
