package org.earshot.clip;

import org.earshot.audio.AudioFiles;
import org.earshot.audio.flac.FlacWriter;

/**
 * What was heard around one alert. Immutable by agreement: nobody writes to the samples.
 *
 * @param id of the alert, shared with its message
 * @param event label
 * @param startSample index of the first sample
 * @param onsetSample where the event began
 * @param samples 16-bit, mono, 16 kHz, at least one
 * @param gapSamples of them that are silence because nothing was heard
 * @param missingPreRollSamples wanted before the first one and not there: the stream began later,
 *     or the ring had moved on
 * @param atLimit whether the event went on when the clip reached its limit
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Clip(
    String id,
    String event,
    long startSample,
    long onsetSample,
    short[] samples,
    int gapSamples,
    int missingPreRollSamples,
    boolean atLimit) {

  /** Returns whether the onset is in the clip. */
  public boolean holdsOnset() {
    return onsetSample >= startSample && onsetSample < startSample + samples.length;
  }

  /** Encodes the clip; some 20 ms on a desktop, so call it on a thread that may take its time. */
  public byte[] toFlac() {
    return FlacWriter.encode(samples, 0, samples.length, AudioFiles.SAMPLE_RATE_HZ);
  }
}
