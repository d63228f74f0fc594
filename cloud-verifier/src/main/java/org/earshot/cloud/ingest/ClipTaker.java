package org.earshot.cloud.ingest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.earshot.audio.CorruptAudioException;
import org.earshot.cloud.metrics.CloudMetrics;
import org.earshot.cloud.metrics.Part;
import org.earshot.cloud.store.ClipRecord;
import org.earshot.cloud.store.ClipStore;
import org.earshot.cloud.store.EventKey;
import org.earshot.cloud.store.EventRecord;
import org.earshot.cloud.store.History;
import org.earshot.cloud.store.Received;
import org.earshot.cloud.store.StoreException;
import org.earshot.cloud.verify.ClipAudio;
import org.earshot.cloud.verify.DeadlineRules;
import org.earshot.cloud.verify.Verification;
import org.earshot.event.EventId;
import org.earshot.event.TopicKind;
import org.earshot.event.Topics;

/**
 * Takes in clips: checks that they can be heard, puts the sound into the clip store, then its
 * description into the history.
 *
 * <p>When verification is far behind, each clip waits a little, so that the broker keeps what this
 * worker cannot use yet; it never waits for ever, since the history can hold it too.
 */
final class ClipTaker implements Taker {
  private static final Duration SLOWED = Duration.ofSeconds(1);

  private final History history;
  private final ClipStore clips;
  private final Verification verification;
  private final DeadlineRules deadlines;
  private final IngestLimits limits;
  private final RateLimits rates;
  private final CloudMetrics metrics;

  ClipTaker(
      History history,
      ClipStore clips,
      Verification verification,
      DeadlineRules deadlines,
      IngestLimits limits,
      CloudMetrics metrics) {
    this.history = history;
    this.clips = clips;
    this.verification = verification;
    this.deadlines = deadlines;
    this.limits = limits;
    this.metrics = metrics;
    rates =
        new RateLimits(limits.clips(), limits.clipsPerMinute(), limits.devices(), System::nanoTime);
  }

  @Override
  public String kind() {
    return "clip";
  }

  @Override
  public Parcel open(Incoming message) throws PoisonException {
    Topics.Address address = EventTaker.sender(message, TopicKind.CLIP);
    byte[] flac = message.payload();
    if (flac.length > limits.clipBytes()) {
      throw new PoisonException(
          "too_large", flac.length + " bytes; a clip has at most " + limits.clipBytes());
    }
    String device = address.topics().site() + '/' + address.topics().device();
    if (!rates.take(device)) {
      throw new PoisonException("too_many", "the device sends too many clips");
    }
    int samples;
    try {
      samples = ClipAudio.decode(flac, limits.longestClip()).length;
    } catch (CorruptAudioException e) {
      throw new PoisonException("unreadable", e.getMessage());
    }
    ClipRecord clip =
        new ClipRecord(
            new EventKey(address.topics().site(), new EventId(address.detail())),
            address.topics().device(),
            flac.length,
            sha256(flac),
            ClipAudio.length(samples),
            message.receivedAt());
    return () -> store(clip, flac);
  }

  private void store(ClipRecord clip, byte[] flac) throws UnavailableException, PoisonException {
    Received received = history(() -> history.foresee(clip));
    if (received == Received.STORED) {
      keep(() -> clips.put(clip.key(), flac));
      received = history(() -> history.receive(clip));
      if (received == Received.DELETED) {
        keep(() -> clips.delete(clip.key()));
      }
    }
    switch (received) {
      case STORED -> metrics.received(kind());
      case REPEATED -> metrics.repeated(kind());
      case DELETED -> metrics.refused(kind(), "deleted");
      case FOREIGN -> throw new PoisonException("foreign", "another device has that event id");
    }
    if (received == Received.STORED) {
      Optional<EventRecord> event = history(() -> history.find(clip.key()));
      if (event.isPresent()) {
        offer(event.get());
      }
    }
  }

  private void offer(EventRecord event) {
    boolean urgent = deadlines.isLifeSafety(event.latest().event());
    if (!verification.offer(event.key(), urgent)) {
      try {
        boolean room = verification.awaitRoom(SLOWED);
        if (room) {
          verification.offer(event.key(), urgent);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // it is in the history; the thread ends after it
      }
    }
  }

  private interface Question<T> {
    T ask();
  }

  private static <T> T history(Question<T> question) throws UnavailableException {
    try {
      return question.ask();
    } catch (StoreException e) {
      throw new UnavailableException(Part.DATABASE, e);
    }
  }

  private static void keep(Runnable change) throws UnavailableException {
    try {
      change.run();
    } catch (StoreException e) {
      throw new UnavailableException(Part.CLIP_STORE, e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
