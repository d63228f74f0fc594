package org.earshot.clip;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Cuts a clip for each alert out of one microphone's stream.
 *
 * <p>A clip begins its pre-roll before the onset. It ends once its standard length was heard, or
 * for an event that goes on, its post-roll after the event's end, or at the limit, whichever of the
 * last two comes first; it goes to the sink as soon as its last sample was heard. Every block goes
 * through {@link #push} before the detector hears it, so that what a clip needs is in the ring when
 * an alert is told. At most {@value #MAX_PENDING} clips are under way.
 *
 * <p>Single-threaded: the detect thread. Allocates when an alert is told and when a clip is ready.
 */
public final class ClipCutter {
  /** Pushed at once at most, so that clips are cut before the ring moves on. */
  static final int PIECE_SAMPLES = 8_000;

  private static final int MAX_PENDING = 32;

  private final ClipRing ring;
  private final ClipSettings settings;
  private final ClipSink sink;
  private final List<Pending> pending = new ArrayList<>(MAX_PENDING);

  /**
   * Makes a cutter over a ring that nobody else pushes to.
   *
   * @throws IllegalArgumentException when the ring is too small; see {@link
   *     ClipSettings#ringSamples}
   */
  public ClipCutter(ClipRing ring, ClipSettings settings, ClipSink sink) {
    if (ring.capacitySamples() < settings.ringSamples(0)) {
      throw new IllegalArgumentException(
          "a ring of "
              + ring.capacitySamples()
              + " samples, wanted at least "
              + settings.ringSamples(0));
    }
    this.ring = ring;
    this.settings = settings;
    this.sink = sink;
  }

  /**
   * Takes the next samples, as {@link ClipRing#push} does, and cuts the clips that they complete.
   */
  public void push(float[] block, int offset, int length, long startSample) {
    Objects.checkFromIndexSize(offset, length, block.length);
    while (!pending.isEmpty() && startSample - ring.endSample() > PIECE_SAMPLES) {
      ring.skipTo(ring.endSample() + PIECE_SAMPLES);
      cutComplete();
    }
    for (int done = 0; done < length; ) {
      int piece = Math.min(PIECE_SAMPLES, length - done);
      ring.push(block, offset + done, piece, startSample + done);
      done += piece;
      cutComplete();
    }
  }

  /**
   * Tells of an alert that has just opened.
   *
   * @param id of the alert
   * @param onsetSample where the event began, before the ring's end
   */
  public void opened(String id, String event, long onsetSample) {
    if (pending.size() == MAX_PENDING) {
      sink.lost(id, event);
      return;
    }
    pending.add(new Pending(id, event, onsetSample));
    cutComplete();
  }

  /**
   * Tells that an event has ended; unknown ids are ignored, as a clip at its limit is gone already.
   *
   * @param offsetSample where it ended
   */
  public void ended(String id, long offsetSample) {
    for (int i = 0; i < pending.size(); i++) {
      Pending clip = pending.get(i);
      if (clip.id.equals(id) && clip.open) {
        clip.close(offsetSample);
        cutComplete();
        return;
      }
    }
  }

  /** Forgets an alert whose clip is not wanted any more; returns whether it was under way. */
  public boolean discard(String id) {
    return pending.removeIf(clip -> clip.id.equals(id));
  }

  /** Cuts all clips that are under way where the stream stands: it is over. */
  public void finish() {
    for (Pending clip : pending) {
      cut(clip);
    }
    pending.clear();
  }

  /** Returns how many clips are under way. */
  public int pending() {
    return pending.size();
  }

  private void cutComplete() {
    for (int i = 0; i < pending.size(); ) {
      Pending clip = pending.get(i);
      if (clip.endSample <= ring.endSample()) {
        pending.remove(i);
        cut(clip);
      } else {
        i++;
      }
    }
  }

  private void cut(Pending clip) {
    long from = Math.max(clip.startSample, ring.firstSample());
    long to = Math.min(clip.endSample, ring.endSample());
    if (from >= to) {
      sink.lost(clip.id, clip.event);
      return;
    }
    sink.ready(
        new Clip(
            clip.id,
            clip.event,
            from,
            clip.onsetSample,
            ring.copy(from, to),
            ring.gapSamples(from, to),
            (int) Math.min(Integer.MAX_VALUE, from - clip.startSample),
            clip.open && to == clip.endSample));
  }

  /** A clip under way. */
  private final class Pending {
    final String id;
    final String event;
    final long onsetSample;
    final long startSample; // as wanted; the ring may not hold it
    long endSample; // that of the limit while the event goes on
    boolean open = true;

    Pending(String id, String event, long onsetSample) {
      this.id = id;
      this.event = event;
      this.onsetSample = onsetSample;
      startSample = onsetSample - settings.preRollSamples();
      endSample = startSample + settings.limitSamples();
    }

    void close(long offsetSample) {
      open = false;
      long wanted =
          Math.max(
              startSample + settings.lengthSamples(), offsetSample + settings.postRollSamples());
      endSample = Math.min(endSample, wanted);
    }
  }
}
