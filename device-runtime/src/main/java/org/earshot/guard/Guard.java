package org.earshot.guard;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.earshot.guard.Schedule.Window;

/**
 * Decides what becomes of events: by mode, selection, schedules, exit and entry delay.
 *
 * <p>Events that are always on are sent at once in every mode and whatever runs. It has no thread:
 * call {@link #advance} at {@link #nextDeadline}; every other call catches up by itself. A clock
 * that steps back moves running delays with it, so that none lasts longer than it should. A
 * schedule sets a mode when its window begins and takes it back when it ends; it overrides a
 * person's DISARMED and HOME, never a person's AWAY or NIGHT, and a person overrides it at any
 * time. While the panel is arming, pending or triggered, schedules wait.
 *
 * <p>Thread-safe. Listeners are called without the lock, in order.
 */
public final class Guard {
  private static final int MAX_DELAYED = 64;
  private static final Decision SEND = new Decision.Send();

  private enum Phase {
    SETTLED,
    ARMING,
    PENDING,
    TRIGGERED
  }

  private final Clock clock;
  private final Notifications notifications;
  private final List<DelayedEvent> delayed = new ArrayList<>();

  private GuardRules rules;
  private GuardSettings settings;
  private Phase phase = Phase.SETTLED;
  private Instant deadline; // of the phase; unused while settled
  private Instant lastNow;

  /** Makes a guard in the mode of its settings, and lets schedules that began meanwhile begin. */
  public Guard(GuardRules rules, GuardSettings settings, Clock clock, GuardListener listener) {
    this.rules = rules;
    this.settings = settings;
    this.clock = clock;
    notifications = new Notifications(listener);
    lastNow = clock.instant();
    deadline = lastNow;
    advance(lastNow);
  }

  /**
   * Decides about an event that has just opened.
   *
   * @param at when it opened; an entry delay counts from there
   * @param event label
   * @param held told of the outcome when the decision is to delay, maybe before this returns
   */
  public Decision decide(String event, Instant at, DelayedEvent held) {
    Decision decision;
    synchronized (this) {
      Instant now = catchUp(clock.instant());
      decision = decideLocked(event, at, now, held);
    }
    notifications.deliver();
    return decision;
  }

  private Decision decideLocked(String event, Instant at, Instant now, DelayedEvent held) {
    if (rules.alwaysOn().contains(event)) {
      trigger(now, event);
      return SEND;
    }
    GuardMode mode = phase == Phase.ARMING ? GuardMode.DISARMED : settings.choice().mode();
    if (!settings.selection().get(mode).contains(event)) {
      return new Decision.Ignore(event + " does not count in mode " + mode.text());
    }
    boolean delays = rules.entryDelayed().contains(event);
    if (mode == GuardMode.DISARMED || !(delays || rules.triggering().contains(event))) {
      return SEND;
    }
    if (!delays || rules.entryDelay().isZero() || phase == Phase.TRIGGERED) {
      trigger(now, event);
      return SEND;
    }
    if (phase != Phase.PENDING) {
      Instant until = at.isAfter(now) ? now : at;
      enter(Phase.PENDING, until.plus(rules.entryDelay()), event);
    }
    if (delayed.size() == MAX_DELAYED) {
      return new Decision.Ignore(MAX_DELAYED + " events wait for the entry delay already");
    }
    delayed.add(held);
    return new Decision.Delay(deadline);
  }

  /**
   * Takes a mode, after its exit delay if it has one.
   *
   * @param cause for people: who asked
   */
  public void arm(GuardMode mode, String cause) {
    synchronized (this) {
      Instant now = catchUp(clock.instant());
      ModeChoice choice = settings.choice();
      boolean alreadySo = phase == Phase.SETTLED || phase == Phase.ARMING;
      if (!alreadySo || choice.mode() != mode) {
        choose(ModeChoice.byHand(mode, now), now, cause);
      }
    }
    notifications.deliver();
  }

  /** Takes mode DISARMED: ends delays and the alarm, and drops what waits. */
  public void disarm(String cause) {
    arm(GuardMode.DISARMED, cause);
  }

  /** Sets which events count in a mode. */
  public void select(GuardMode mode, Set<String> events) {
    synchronized (this) {
      change(settings.withSelection(mode, events));
    }
    notifications.deliver();
  }

  /**
   * Sets the sensitivity of an event.
   *
   * @param value 0 to 100
   */
  public void setSensitivity(String event, int value) {
    synchronized (this) {
      change(settings.withSensitivity(event, value));
    }
    notifications.deliver();
  }

  /** Takes other rules and settings: the configuration was read again. */
  public void reload(GuardRules newRules, GuardSettings newSettings) {
    synchronized (this) {
      Instant now = catchUp(clock.instant());
      rules = newRules;
      if (newSettings.choice().mode() != settings.choice().mode()) {
        settings = newSettings.with(settings.choice());
        choose(newSettings.choice(), now, "configuration");
      } else {
        change(newSettings.with(settings.choice()));
      }
      catchUp(now);
    }
    notifications.deliver();
  }

  /** Does what is due by now. */
  public void advance(Instant now) {
    synchronized (this) {
      catchUp(now);
    }
    notifications.deliver();
  }

  /** Returns when {@link #advance} must be called next, if ever. */
  public synchronized Optional<Instant> nextDeadline() {
    if (phase != Phase.SETTLED) {
      return Optional.of(deadline);
    }
    return rules.schedules().stream()
        .map(schedule -> schedule.nextEdge(lastNow, rules.zone()))
        .min(Instant::compareTo);
  }

  /** Returns what an alarm panel shows. */
  public synchronized PanelState panel() {
    return switch (phase) {
      case SETTLED -> PanelState.of(settings.choice().mode());
      case ARMING -> PanelState.ARMING;
      case PENDING -> PanelState.PENDING;
      case TRIGGERED -> PanelState.TRIGGERED;
    };
  }

  /** Returns the mode that holds, or will once armed. */
  public synchronized GuardMode mode() {
    return settings.choice().mode();
  }

  /** Returns what must survive a restart. */
  public synchronized GuardSettings settings() {
    return settings;
  }

  /** Returns the rules. */
  public synchronized GuardRules rules() {
    return rules;
  }

  private Instant catchUp(Instant now) {
    if (now.isBefore(lastNow)) {
      deadline = deadline.plus(Duration.between(lastNow, now));
    }
    lastNow = now;
    if (phase != Phase.SETTLED && !now.isBefore(deadline)) {
      switch (phase) {
        case PENDING -> trigger(now, "entry delay over");
        case ARMING -> enter(Phase.SETTLED, now, "exit delay over");
        default -> enter(Phase.SETTLED, now, "trigger time over");
      }
    }
    if (phase == Phase.SETTLED) {
      endSchedule(now);
      beginSchedule(now);
    }
    return now;
  }

  /** What began before and still lasts holds again; otherwise what a person chose last. */
  private void endSchedule(Instant now) {
    ModeChoice choice = settings.choice();
    if (choice.isScheduled() && windowOf(choice.schedule(), now).isEmpty()) {
      ModeChoice next = latestSchedule(now, Instant.MIN, choice.before());
      choose(
          next == null ? ModeChoice.byHand(choice.before(), now) : next,
          now,
          "schedule over: " + choice.schedule());
    }
  }

  private Optional<Window> windowOf(String schedule, Instant now) {
    return rules.schedules().stream()
        .filter(candidate -> candidate.text().equals(schedule))
        .findFirst()
        .flatMap(candidate -> candidate.windowAt(now, rules.zone()));
  }

  /** A window counts once: when it began after the present mode was chosen. */
  private void beginSchedule(Instant now) {
    ModeChoice choice = settings.choice();
    boolean mayOverride =
        choice.isScheduled()
            || choice.mode() == GuardMode.DISARMED
            || choice.mode() == GuardMode.HOME;
    if (phase != Phase.SETTLED || !mayOverride) {
      return;
    }
    Instant since = choice.since().isAfter(now) ? now : choice.since();
    GuardMode before = choice.isScheduled() ? choice.before() : choice.mode();
    ModeChoice next = latestSchedule(now, since, before);
    if (next != null) {
      choose(next, now, "schedule: " + next.schedule());
    }
  }

  /** Returns the choice of the schedule whose window began last, or null. */
  private ModeChoice latestSchedule(Instant now, Instant after, GuardMode before) {
    Schedule latest = null;
    Instant latestStart = after;
    for (Schedule schedule : rules.schedules()) {
      Optional<Window> window = schedule.windowAt(now, rules.zone());
      if (window.isPresent() && window.get().start().isAfter(latestStart)) {
        latest = schedule;
        latestStart = window.get().start();
      }
    }
    return latest == null
        ? null
        : new ModeChoice(latest.mode(), latestStart, latest.text(), before);
  }

  private void choose(ModeChoice choice, Instant now, String cause) {
    PanelState before = panel();
    boolean sameMode = choice.mode() == settings.choice().mode() && phase == Phase.SETTLED;
    change(settings.with(choice));
    Duration exitDelay = rules.exitDelays().get(choice.mode());
    releaseDelayed(false);
    phase = sameMode || exitDelay.isZero() ? Phase.SETTLED : Phase.ARMING;
    deadline = now.plus(exitDelay);
    notifications.panel(before, panel(), cause);
  }

  private void trigger(Instant now, String cause) {
    releaseDelayed(true);
    enter(Phase.TRIGGERED, now.plus(rules.triggerTime()), cause);
  }

  private void enter(Phase newPhase, Instant newDeadline, String cause) {
    PanelState before = panel();
    phase = newPhase;
    deadline = newDeadline;
    notifications.panel(before, panel(), cause);
  }

  private void releaseDelayed(boolean send) {
    for (DelayedEvent event : delayed) {
      notifications.add(send ? event::send : event::drop);
    }
    delayed.clear();
  }

  private void change(GuardSettings newSettings) {
    if (!newSettings.equals(settings)) {
      settings = newSettings;
      notifications.settings(newSettings);
    }
  }
}
