package org.earshot.cloud.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.earshot.event.EventId;
import org.earshot.event.EventIds;
import org.earshot.event.EventMessage;
import org.earshot.event.Phase;
import org.earshot.event.Verdict;

/** Events, clips and verdicts for tests. */
public final class Samples {
  /** Labels whose clips go first. */
  public static final Set<String> LIFE_SAFETY = Set.of("smoke_alarm", "co_alarm");

  /** When all of it happens. */
  public static final Instant NOW = Instant.parse("2026-01-31T12:00:00.250Z");

  private static final EventIds IDS = new EventIds(Clock.systemUTC(), new Random());

  private Samples() {}

  /** A new id. */
  public static EventId id() {
    return IDS.next();
  }

  /** The message that opens an event of the device "hall" in the site "home". */
  public static EventMessage opened(EventId id, String event) {
    return message(id, event, "home", "hall", Phase.OPENED, NOW);
  }

  /** Any message; its sound began a second before NOW. */
  public static EventMessage message(
      EventId id, String event, String site, String device, Phase phase, Instant at) {
    Instant onset = NOW.minusSeconds(1);
    Instant offset = phase == Phase.ENDED ? at : null;
    return new EventMessage(
        id, event, phase, at, onset, offset, 0.9, "kitchen", "away", 50, true, 0, site, device,
        "2026.1");
  }

  /** The same, but with another onset. */
  public static EventMessage withOnset(EventMessage m, Instant onset) {
    return new EventMessage(
        m.id(),
        m.event(),
        m.phase(),
        m.at(),
        onset,
        m.offset(),
        m.posterior(),
        m.microphone(),
        m.mode(),
        m.sensitivity(),
        m.clipExpected(),
        m.suppressedBefore(),
        m.site(),
        m.device(),
        m.model());
  }

  /** The same, but without a clip. */
  public static EventMessage withoutClip(EventMessage m) {
    return new EventMessage(
        m.id(),
        m.event(),
        m.phase(),
        m.at(),
        m.onset(),
        m.offset(),
        m.posterior(),
        m.microphone(),
        m.mode(),
        m.sensitivity(),
        false,
        m.suppressedBefore(),
        m.site(),
        m.device(),
        m.model());
  }

  /** The clip of an event of the device "hall". */
  public static ClipRecord clip(EventKey key) {
    return new ClipRecord(key, "hall", 181_000, "ab".repeat(32), Duration.ofMillis(10_250), NOW);
  }

  /** The key of an event in the site "home". */
  public static EventKey key(EventId id) {
    return new EventKey("home", id);
  }

  /** A verdict with two scores. */
  public static Judgement judgement(Verdict verdict) {
    return new Judgement(
        verdict,
        0.97,
        "verifier-3",
        NOW.plusSeconds(2),
        List.of(
            new ModelScore("verifier-3", "Smoke \"detector\", alarm", 0.97),
            new ModelScore("verifier-3", "Beep", 0.1 + 0.2)));
  }
}
