package org.earshot.agent.listen;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.earshot.clip.Clip;
import org.earshot.clip.ClipBudget;
import org.earshot.clip.ClipSink;
import org.earshot.event.EventId;
import org.earshot.event.EventIds;
import org.earshot.event.EventMessage;
import org.earshot.event.Phase;
import org.earshot.guard.Decision;
import org.earshot.guard.DelayedEvent;
import org.earshot.guard.Guard;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where what the microphones heard becomes alerts: asks the guard, gives ids, sends messages and
 * clips, tells the announcers.
 *
 * <p>An alert is announced when its message is on disk. If the disk takes nothing it is announced
 * all the same, since a siren may still wake someone, and the failure is told. An alert that an
 * entry delay holds back leaves nothing behind when it is dropped.
 *
 * <p>The calls of detect threads return at once; the work is done in {@link Tasks}.
 */
final class Desk implements ClipSink {
  private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

  /**
   * Who speaks in messages.
   *
   * @param model which model heard it
   */
  record Identity(String site, String device, String model) {}

  /** Hears that the disk does not take messages, and that it does again. */
  @FunctionalInterface
  interface StorageListener {
    /** {@code detail} is empty when all is well. */
    void storage(String detail);
  }

  private final Identity who;
  private final Guard guard;
  private final ClipBudget budget;
  private final EventIds ids;
  private final Tasks tasks;
  private final Post post;
  private final List<Announcer> announcers;
  private final Predicate<String> ownSound;
  private final StorageListener storage;
  private final Map<String, OpenAlert> alerts = new ConcurrentHashMap<>(); // by id
  private final Map<String, Long> told = new ConcurrentHashMap<>(); // by event
  private final Map<String, Long> suppressed = new ConcurrentHashMap<>();
  private final AtomicLong suppressedClips = new AtomicLong();
  private final Map<String, Integer> sounding = new TreeMap<>(); // alerts, of tasks only

  /**
   * @param ownSound whether the device itself makes the sound of an event now
   */
  Desk(
      Identity who,
      Guard guard,
      ClipBudget budget,
      EventIds ids,
      Tasks tasks,
      Post post,
      List<Announcer> announcers,
      Predicate<String> ownSound,
      StorageListener storage) {
    this.who = who;
    this.guard = guard;
    this.budget = budget;
    this.ids = ids;
    this.tasks = tasks;
    this.post = post;
    this.announcers = List.copyOf(announcers);
    this.ownSound = ownSound;
    this.storage = storage;
  }

  /**
   * An event has begun.
   *
   * @return the alert, or null when nobody is to be told
   */
  OpenAlert opened(String event, String microphone, Instant onset, Instant at, float posterior) {
    if (ownSound.test(event)) {
      return null;
    }
    OpenAlert alert =
        new OpenAlert(
            ids.next(),
            event,
            microphone,
            onset,
            at,
            posterior,
            guard.mode().text(),
            guard.settings().sensitivityOf(event));
    alerts.put(alert.id.text(), alert);
    Decision decision = guard.decide(event, at, held(alert));
    if (decision instanceof Decision.Ignore ignore) {
      alerts.remove(alert.id.text());
      suppressed.merge(event, 1L, Long::sum);
      LOG.info("{}: {} is not told: {}", microphone, event, ignore.reason());
      return null;
    }
    if (decision instanceof Decision.Send) {
      tasks.run(() -> tell(alert));
    } else {
      LOG.info("{}: {} waits for the entry delay", microphone, event);
    }
    return alert;
  }

  private DelayedEvent held(OpenAlert alert) {
    return new DelayedEvent() {
      @Override
      public void send() {
        tasks.run(() -> tell(alert));
      }

      @Override
      public void drop() {
        tasks.run(() -> forget(alert));
      }
    };
  }

  /** An event goes on. */
  void goesOn(OpenAlert alert, Instant at, float posterior) {
    tasks.run(
        () -> {
          alert.posterior = Math.max(alert.posterior, posterior);
          if (alert.fate == OpenAlert.Fate.TOLD && alert.offset == null) {
            send(alert, Phase.UPDATED, at);
          }
        });
  }

  /** An event has ended. */
  void ended(OpenAlert alert, Instant offset, float posterior) {
    tasks.run(
        () -> {
          alert.posterior = Math.max(alert.posterior, posterior);
          alert.offset = offset.isBefore(alert.onset) ? alert.onset : offset;
          if (alert.fate == OpenAlert.Fate.TOLD) {
            end(alert);
          }
          forgetFinished(alert);
        });
  }

  @Override
  public void ready(Clip clip) {
    tasks.run(() -> clipIsReady(clip));
  }

  @Override
  public void lost(String id, String event) {
    LOG.warn("there is no clip of {} {}", event, id);
    tasks.run(
        () -> {
          OpenAlert alert = alerts.get(id);
          if (alert != null) {
            alert.clipDone = true;
            forgetFinished(alert);
          }
        });
  }

  /** Takes back a clip that has not been sent, or is still to be cut. */
  void deleteClip(EventId id) {
    tasks.run(
        () -> {
          OpenAlert alert = alerts.get(id.text());
          if (alert != null) {
            alert.clipUnwanted = true;
            alert.heldClip = null;
          }
          try {
            post.deleteClip(id);
            LOG.info("the clip of {} is deleted, unless it was sent already", id);
          } catch (IOException e) {
            LOG.error("the clip of {} could not be deleted: {}", id, e.getMessage());
          }
        });
  }

  private void tell(OpenAlert alert) {
    if (alert.fate != OpenAlert.Fate.HELD) {
      return;
    }
    alert.fate = OpenAlert.Fate.TOLD;
    told.merge(alert.event, 1L, Long::sum);
    if (budget.admit(alert.event, alert.opened.toEpochMilli())) {
      alert.clipExpected = true;
      alert.suppressedBefore = budget.takeSuppressed(alert.event);
    } else {
      suppressedClips.incrementAndGet();
    }
    sounding(alert.event, 1);
    send(alert, Phase.OPENED, alert.opened);
    if (alert.heldClip != null) {
      Clip clip = alert.heldClip;
      alert.heldClip = null;
      send(alert, clip);
    }
    if (alert.offset != null) {
      end(alert);
    }
    forgetFinished(alert);
  }

  private void forget(OpenAlert alert) {
    if (alert.fate == OpenAlert.Fate.HELD) {
      alert.fate = OpenAlert.Fate.DROPPED;
      alert.heldClip = null;
      suppressed.merge(alert.event, 1L, Long::sum);
      forgetFinished(alert);
    }
  }

  private void end(OpenAlert alert) {
    sounding(alert.event, -1);
    send(alert, Phase.ENDED, alert.offset);
  }

  private void clipIsReady(Clip clip) {
    OpenAlert alert = alerts.get(clip.id());
    if (alert == null) {
      return; // dropped
    }
    if (alert.fate == OpenAlert.Fate.HELD) {
      alert.heldClip = clip;
    } else {
      send(alert, clip);
      forgetFinished(alert);
    }
  }

  private void send(OpenAlert alert, Phase phase, Instant at) {
    EventMessage message =
        new EventMessage(
            alert.id,
            alert.event,
            phase,
            at,
            alert.onset.isAfter(at) ? at : alert.onset,
            phase == Phase.ENDED ? alert.offset : null,
            Math.max(0, Math.min(1, alert.posterior)),
            alert.microphone,
            alert.mode,
            alert.sensitivity,
            alert.clipExpected,
            alert.suppressedBefore,
            who.site(),
            who.device(),
            who.model());
    stored(() -> post.message(message, alert.isLifeSafety()), alert.event);
    for (Announcer announcer : announcers) {
      announce(announcer, message);
    }
  }

  /** One that fails must not keep the others, a siren maybe, from hearing. */
  private static void announce(Announcer announcer, EventMessage message) {
    try {
      announcer.announce(message);
    } catch (RuntimeException e) {
      LOG.error("internal error, please report it", e);
    }
  }

  private void send(OpenAlert alert, Clip clip) {
    if (!alert.clipExpected) {
      return; // beyond the budget
    }
    if (!alert.clipUnwanted) {
      stored(
          () -> post.clip(alert.id, clip.toFlac(), alert.isLifeSafety()), "clip of " + alert.event);
    }
    alert.clipDone = true;
  }

  /** Something that may fail for want of disk. */
  @FunctionalInterface
  private interface Storing {
    void store() throws IOException;
  }

  private void stored(Storing storing, String what) {
    try {
      storing.store();
      storage.storage("");
    } catch (IOException e) {
      LOG.error("{} could not be stored: {}", what, e.getMessage());
      storage.storage(what + " could not be stored: " + e.getMessage());
    }
  }

  private void sounding(String event, int change) {
    int before = sounding.getOrDefault(event, 0);
    int now = Math.max(0, before + change);
    sounding.put(event, now);
    if ((before == 0) != (now == 0)) {
      post.sounding(event, now > 0);
    }
  }

  private void forgetFinished(OpenAlert alert) {
    if (alert.isFinished()) {
      alerts.remove(alert.id.text());
    }
  }

  /** Returns how many alerts were told, by event. */
  Map<String, Long> told() {
    return new TreeMap<>(told);
  }

  /** Returns how many were not told because of the mode, by event. */
  Map<String, Long> suppressed() {
    return new TreeMap<>(suppressed);
  }

  /** Returns the alerts that are not finished. */
  List<OpenAlert> open() {
    return new ArrayList<>(alerts.values());
  }

  /** Returns how many clips were left out by cooldown and limits. */
  long suppressedClips() {
    return suppressedClips.get();
  }
}
