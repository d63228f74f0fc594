package org.earshot.cloud.web;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.earshot.cloud.store.Change;
import org.earshot.cloud.store.EventRecord;
import org.earshot.cloud.store.History;
import org.earshot.cloud.store.History.ChangedEvent;
import org.earshot.cloud.store.StoreException;
import org.earshot.cloud.web.account.Session;
import org.earshot.cloud.web.account.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells open pages what changes, by server-sent events.
 *
 * <p>One thread asks the history for all viewers, and only while there are any. A viewer hears of
 * the homes that its session may see at that moment; the session is looked at again every few
 * seconds, and at once when this process ends one. Whoever comes back with the id of the last event
 * that it has gets what it missed, or {@code reset} when that is too much. A viewer that is too
 * slow is cut off, and comes back like that.
 *
 * <p>Events: {@code hello}, {@code change} (with {@code change}, {@code site}, {@code id} and the
 * event, null when it was deleted), {@code reset}, {@code trouble} and {@code well} (the history
 * cannot be asked; it can again), {@code bye} (the session has ended).
 */
final class ChangeFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);
  private static final int BATCH = 200; // changes of one round, and of what is caught up
  private static final int QUEUE = 2 * BATCH;
  private static final int MAX_PER_SESSION = 8;
  private static final long BEAT_NANOS = Duration.ofSeconds(10).toNanos();
  private static final long UNKNOWN = -1;

  private static final class Viewer {
    final AsyncBody body = new AsyncBody(QUEUE);
    final String tokenHash;
    Set<String> sites;

    Viewer(Session session) {
      tokenHash = session.tokenHash();
      sites = session.account().sites().keySet();
    }

    void tell(byte[] piece) {
      if (!body.offer(piece)) {
        body.abort();
      }
    }
  }

  private final History history;
  private final Sessions sessions;
  private final EventJson json;
  private final int maxViewers;
  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "web-changes");
            thread.setDaemon(true);
            return thread;
          });

  private final List<Viewer> viewers = new ArrayList<>(); // guarded by this, as all below
  private long position = UNKNOWN; // of the last change that was told; while somebody watches
  private long beatAtNanos;
  private boolean recheck;
  private boolean trouble;

  @SuppressWarnings("FutureReturnValueIgnored") // a round never throws
  ChangeFeed(History history, Sessions sessions, EventJson json, WebSettings settings) {
    this.history = history;
    this.sessions = sessions;
    this.json = json;
    maxViewers = settings.maxViewers();
    long millis = settings.changePoll().toMillis();
    rounds.scheduleWithFixedDelay(this::round, millis, millis, TimeUnit.MILLISECONDS);
  }

  /** Serves one viewer. */
  void watch(Context context, Visit visit) {
    String last = context.header("Last-Event-ID");
    long after = position(last == null ? context.queryParam("after") : last);
    Viewer viewer = new Viewer(visit.session());
    synchronized (this) {
      makeRoom(viewer.tokenHash);
      if (position == UNKNOWN) {
        position = history.latestChange();
      }
      viewer.tell(welcome(viewer, after));
      viewers.add(viewer);
    }
    context.contentType("text/event-stream; charset=utf-8");
    context.header("X-Accel-Buffering", "no"); // nginx would hold events back
    viewer.body.start(context, () -> {});
  }

  /** Looks at the sessions again in the next round. */
  synchronized void recheck() {
    recheck = true;
  }

  /** Returns how many pages watch. */
  synchronized int viewers() {
    viewers.removeIf(viewer -> viewer.body.end().isDone());
    return viewers.size();
  }

  @Override
  public void close() {
    rounds.shutdownNow();
    synchronized (this) {
      viewers.forEach(viewer -> viewer.body.close());
    }
  }

  private void makeRoom(String tokenHash) {
    viewers.removeIf(viewer -> viewer.body.end().isDone());
    List<Viewer> same =
        viewers.stream().filter(viewer -> viewer.tokenHash.equals(tokenHash)).toList();
    if (same.size() >= MAX_PER_SESSION) {
      same.get(0).body.abort();
      viewers.remove(same.get(0));
    }
    if (viewers.size() >= maxViewers) {
      throw Problem.unavailable("too many pages watch at this moment; they load again by hand");
    }
  }

  /** What a viewer hears first: what it missed, in one piece. */
  private byte[] welcome(Viewer viewer, long after) {
    if (after == UNKNOWN) {
      return event("hello", position, Json.object());
    }
    List<ChangedEvent> missed =
        after > position ? List.of() : history.changesAfter(after, BATCH + 1);
    if (after > position || missed.size() > BATCH) {
      return event("reset", position, Json.object());
    }
    StringBuilder text = new StringBuilder();
    for (ChangedEvent change : missed) {
      if (change.position() <= position && viewer.sites.contains(change.key().site())) {
        text.append(new String(piece(change), StandardCharsets.UTF_8));
      }
    }
    text.append(new String(event("hello", position, Json.object()), StandardCharsets.UTF_8));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void round() {
    try {
      look();
    } catch (RuntimeException e) {
      LOG.error("web: live updates go on after an error", e);
    }
  }

  private synchronized void look() {
    viewers.removeIf(viewer -> viewer.body.end().isDone());
    if (viewers.isEmpty()) {
      position = UNKNOWN;
      return;
    }
    boolean beat = System.nanoTime() - beatAtNanos >= BEAT_NANOS;
    try {
      if (beat || recheck) {
        recheckSessions();
      }
      List<ChangedEvent> changes = history.changesAfter(position, BATCH);
      for (ChangedEvent change : changes) {
        tell(change);
        position = change.position();
      }
      if (trouble) {
        trouble = false;
        LOG.info("web: the history can be asked again; live updates go on");
        tellAll(event("well", position, Json.object()));
      }
    } catch (StoreException e) {
      if (!trouble) {
        trouble = true;
        LOG.warn("web: live updates wait: {}", e.getMessage());
        tellAll(event("trouble", position, Json.object()));
      }
    }
    if (beat) {
      beatAtNanos = System.nanoTime();
      tellAll(":\n\n".getBytes(StandardCharsets.UTF_8)); // keeps the connection, finds dead ones
    }
  }

  private void recheckSessions() {
    for (Viewer viewer : viewers) {
      Optional<Session> session = sessions.peek(viewer.tokenHash);
      if (session.isPresent()) {
        viewer.sites = session.get().account().sites().keySet();
      } else {
        viewer.sites = Set.of();
        viewer.tell(event("bye", position, Json.object()));
        viewer.body.close();
      }
    }
    recheck = false;
  }

  private void tell(ChangedEvent change) {
    byte[] piece = null;
    for (Viewer viewer : viewers) {
      if (viewer.sites.contains(change.key().site())) {
        piece = piece == null ? piece(change) : piece;
        viewer.tell(piece);
      }
    }
  }

  private void tellAll(byte[] piece) {
    viewers.forEach(viewer -> viewer.tell(piece));
  }

  /** Empty when the event is gone although the change is another: its deletion follows. */
  private byte[] piece(ChangedEvent change) {
    Optional<EventRecord> event =
        change.change() == Change.DELETED ? Optional.empty() : history.find(change.key());
    if (event.isEmpty() && change.change() != Change.DELETED) {
      return new byte[0];
    }
    return event(
        "change",
        change.position(),
        Json.object(
            "change",
            change.change(),
            "site",
            change.key().site(),
            "id",
            change.key().id().text(),
            "event",
            event.map(json::of).orElse(null)));
  }

  private static byte[] event(String name, long id, Map<String, Object> data) {
    String text =
        "id: "
            + id
            + "\nevent: "
            + name
            + "\ndata: "
            + new String(Json.bytes(data), StandardCharsets.UTF_8)
            + "\n\n";
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static long position(String text) {
    return text != null && text.matches("\\d{1,18}") ? Long.parseLong(text) : UNKNOWN;
  }
}
