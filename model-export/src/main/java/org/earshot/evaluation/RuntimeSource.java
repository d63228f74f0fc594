package org.earshot.evaluation;

import java.util.List;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.audio.feature.LogMelExtractor;
import org.earshot.detect.CadenceCorrection;
import org.earshot.detect.StepTiming;
import org.earshot.model.SoundModel;
import org.earshot.network.NetworkWeights;
import org.earshot.network.StreamingNetwork;

/**
 * The device's own int8 runtime as a source of logits, corrected by the rhythm of beeps as on the
 * device. One thread an instance.
 */
public final class RuntimeSource implements PosteriorSource {

  private final StepTiming timing;
  private final List<String> events;
  private final LogMelExtractor extractor;
  private final StreamingNetwork network;
  private final CadenceCorrection cadence;
  private final float[] logMel; // [melBands]

  /**
   * Lays out a model for evaluation.
   *
   * @throws IllegalArgumentException when the model was made for other features
   */
  public RuntimeSource(SoundModel model, FeatureSpec spec) {
    if (model.base().featureFingerprint() != spec.fingerprint()) {
      throw new IllegalArgumentException("the model was made for other features; export it again");
    }
    this.timing = StepTiming.of(model.base(), spec);
    this.events = model.events();
    this.extractor = new LogMelExtractor(spec);
    this.network = new StreamingNetwork(NetworkWeights.of(model));
    this.cadence = new CadenceCorrection(events, spec);
    this.logMel = new float[spec.melBands()];
  }

  @Override
  public List<String> events() {
    return events;
  }

  @Override
  public LogitTrack track(float[] samples) {
    extractor.reset();
    network.reset();
    cadence.reset();
    return hear(samples, 0);
  }

  /**
   * As {@link #track}, but goes on from what was heard before, as a device that is never reset
   * does.
   *
   * @param samples [whole steps], or the steps of this stream and the next would not lie alike
   * @throws IllegalArgumentException for another length
   */
  public LogitTrack trackOn(float[] samples) {
    if (samples.length % timing.hopSamples() != 0) {
      throw new IllegalArgumentException(
          samples.length + " samples are no multiple of a step's " + timing.hopSamples());
    }
    // A step's last frame reaches into the next stream, and so that step is completed there.
    return hear(samples, network.steps() == 0 ? 0 : 1);
  }

  private LogitTrack hear(float[] samples, int skippedSteps) {
    long first = network.steps() + skippedSteps;
    float[] logits = new float[events.size()];
    LogitTrack.Builder track = new LogitTrack.Builder(events.size());
    extractor.push(
        samples,
        0,
        samples.length,
        (index, features) -> {
          extractor.copyLogMel(logMel);
          cadence.accept(logMel);
          if (network.accept(features)) {
            for (int head = 0; head < logits.length; head++) {
              logits[head] = network.logit(head);
            }
            cadence.correct(logits);
            if (network.steps() > first) {
              track.add(logits, 0);
            }
          }
        });
    return track.build(timing);
  }
}
