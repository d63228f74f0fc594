package org.earshot.cloud.verify;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.earshot.audio.CorruptAudioException;
import org.earshot.cloud.metrics.CloudMetrics;
import org.earshot.cloud.metrics.Health;
import org.earshot.cloud.metrics.Part;
import org.earshot.cloud.store.ClipStore;
import org.earshot.cloud.store.EventKey;
import org.earshot.cloud.store.EventRecord;
import org.earshot.cloud.store.History;
import org.earshot.cloud.store.Judgement;
import org.earshot.cloud.store.StoreException;
import org.earshot.event.VerdictMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one claimed event after the other to its verdict, or gives it back, or gives it up.
 *
 * <p>For one thread, but {@link #handBack}, which another may call.
 */
final class ClipJob {
  private static final Logger LOG = LoggerFactory.getLogger(ClipJob.class);
  private static final int MAX_REASON = 256;

  private final String worker;
  private final History history;
  private final ClipStore clips;
  private final Attempts attempts;
  private final TimedVerifier verifier;
  private final VerdictPublisher publisher;
  private final VerificationSettings settings;
  private final InstantSource clock;
  private final CountDownLatch closing;
  private final CloudMetrics metrics;
  private final Health health;
  private EventKey held; // guarded by this; null without one

  ClipJob(
      String worker,
      History history,
      ClipStore clips,
      Attempts attempts,
      TimedVerifier verifier,
      VerdictPublisher publisher,
      VerificationSettings settings,
      InstantSource clock,
      CountDownLatch closing,
      CloudMetrics metrics,
      Health health) {
    this.worker = worker;
    this.history = history;
    this.clips = clips;
    this.attempts = attempts;
    this.verifier = verifier;
    this.publisher = publisher;
    this.settings = settings;
    this.clock = clock;
    this.closing = closing;
    this.metrics = metrics;
    this.health = health;
  }

  /** Works on an event that this worker has just claimed. */
  void verify(EventRecord event) throws InterruptedException {
    hold(event.key());
    try {
      Optional<byte[]> flac = read(event);
      if (flac == null) {
        return; // given back
      }
      int attempt = attempts.begin(event.key(), clock.instant());
      if (attempt > settings.attempts()) {
        giveUp(event, "the process that judged it ended, " + (attempt - 1) + " times");
      } else if (flac.isEmpty()) {
        metrics.verifierFailed("no_sound");
        retry(event, attempt, "its sound is not in the clip store");
      } else {
        judge(event, flac.get(), attempt);
      }
    } finally {
      hold(null);
    }
  }

  /** The clip; empty when the store has none; null when the store does not work. */
  private Optional<byte[]> read(EventRecord event) {
    try {
      Optional<byte[]> flac = clips.get(event.key());
      health.well(Part.CLIP_STORE, "verification");
      return flac;
    } catch (StoreException e) { // not the clip's fault: no attempt is counted
      metrics.clipStoreFailed();
      health.problem(Part.CLIP_STORE, "verification", e.getMessage());
      history.release(event.key(), worker, clock.instant().plus(settings.retryAfter(2)));
      return null;
    }
  }

  private void judge(EventRecord event, byte[] flac, int attempt) throws InterruptedException {
    float[] samples;
    try {
      samples = ClipAudio.decode(flac, settings.longestClip());
    } catch (CorruptAudioException e) {
      giveUp(event, "the clip cannot be read: " + e.getMessage());
      return;
    }
    Opinion opinion;
    try {
      opinion = verifier.judge(samples, event.latest());
      health.well(Part.VERIFIER, "model");
    } catch (TimedVerifier.FailedException e) {
      metrics.verifierFailed(e.isHung() ? "hung" : "error");
      health.problem(Part.VERIFIER, "model", "on " + event.key().id() + ": " + e.getMessage());
      retry(event, attempt, e.getMessage());
      return;
    }
    Instant now = clock.instant();
    Judgement judgement =
        new Judgement(
            opinion.verdict(), opinion.probability(), verifier.model(), now, opinion.scores());
    if (!store(event.key(), judgement)) {
      metrics.leaseLost();
      LOG.warn("{}: the verdict came after the lease was over; it is not stored", event.key().id());
      return;
    }
    metrics.verdict(opinion.verdict(), Duration.between(event.receivedAt(), now));
    publisher.publish(
        event.key().site(),
        event.latest().device(),
        new VerdictMessage(
            event.key().id(),
            event.latest().event(),
            judgement.verdict(),
            judgement.probability(),
            judgement.model(),
            now));
  }

  /** A verdict is worth more than one attempt at storing it, while the lease lasts. */
  private boolean store(EventKey key, Judgement judgement) throws InterruptedException {
    Instant end = judgement.at().plus(settings.lease()).minus(settings.patience());
    for (int failures = 1; ; failures++) {
      try {
        return history.judge(key, worker, judgement);
      } catch (StoreException e) {
        Duration delay = settings.retryAfter(failures);
        if (clock.instant().plus(delay).isAfter(end)) {
          throw e;
        }
        metrics.databaseFailed();
        health.problem(Part.DATABASE, "verification", e.getMessage());
        if (closing.await(delay.toMillis(), TimeUnit.MILLISECONDS)) {
          throw e;
        }
      }
    }
  }

  private void retry(EventRecord event, int attempt, String reason) {
    if (attempt >= settings.attempts()) {
      giveUp(event, reason);
    } else {
      Instant at = clock.instant().plus(settings.retryAfter(attempt));
      history.release(event.key(), worker, at);
    }
  }

  private void giveUp(EventRecord event, String reason) {
    String cut = reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason;
    if (history.giveUp(event.key(), worker, cut, clock.instant())) {
      metrics.givenUp();
      LOG.warn("{} of {} is given up: {}", event.key().id(), event.key().site(), cut);
    }
  }

  private synchronized void hold(EventKey key) {
    held = key;
  }

  /** Gives back what is under way, so that another worker has it at once. */
  synchronized void handBack() {
    if (held != null) {
      try {
        history.release(held, worker, clock.instant());
        LOG.info("{}: given back unfinished", held.id());
      } catch (StoreException e) {
        LOG.warn("{}: cannot be given back; free when its lease ends: {}", held.id(), e.toString());
      }
      held = null;
    }
  }

  void close() {
    verifier.close();
  }
}
