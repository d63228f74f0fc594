package org.earshot.detect;

import java.util.List;
import java.util.Set;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.audio.feature.FrameSink;
import org.earshot.audio.feature.LogMelExtractor;
import org.earshot.kernel.Activations;
import org.earshot.kernel.Kernel;
import org.earshot.kernel.MatrixKernel;
import org.earshot.model.BaseModel;
import org.earshot.model.Calibration;
import org.earshot.model.HeadModel;
import org.earshot.model.SoundModel;
import org.earshot.network.NetworkWeights;
import org.earshot.network.StreamingNetwork;

/**
 * The whole chain on one stream: samples in, alerts out.
 *
 * <p>Contract: 16 kHz mono samples in order; any split of the same samples gives the same
 * posteriors and alerts bit for bit; {@link #finish} ends open alerts, {@link #reset} makes ready
 * for another stream. Heads that were not selected are not evaluated. Memory does not grow with the
 * stream. Single-threaded; allocates only when an alert ends.
 */
public final class StreamingDetector {
  private static final StepSink NO_STEPS = (startSample, posteriors) -> {};

  private final LogMelExtractor extractor;
  private final StreamingNetwork network;
  private final Detector detector;
  private final StepTiming timing;
  private final CadenceCorrection cadence;
  private final BaseModel base;
  private final float[] logMel; // [melBands], un-normalised
  private NetworkWeights weights;
  private Calibration[] calibrations; // [heads]
  private float[] logits; // [heads]
  private float[] posteriors; // [heads]
  private final FrameSink frames = this::frame;

  private AlertSink alerts;
  private StepSink steps;

  /** Listens for every event of the model with its stored thresholds. */
  public StreamingDetector(SoundModel model, FeatureSpec spec) {
    this(model, spec, Set.copyOf(model.events()), Sensitivity.standard());
  }

  /** As the widest constructor, with the fastest kernel that runs on every JVM. */
  public StreamingDetector(
      SoundModel model, FeatureSpec spec, Set<String> selection, Sensitivity sensitivity) {
    this(model, spec, selection, sensitivity, Kernel.LANES);
  }

  /**
   * Listens for the selected events.
   *
   * @param kernel multiplies; what is heard does not depend on it
   * @throws IllegalArgumentException when the model was made for other features, or an event has no
   *     head
   */
  public StreamingDetector(
      SoundModel model,
      FeatureSpec spec,
      Set<String> selection,
      Sensitivity sensitivity,
      MatrixKernel kernel) {
    if (model.base().featureFingerprint() != spec.fingerprint()
        || spec.sampleRateHz() != Alert.SAMPLE_RATE_HZ) {
      throw new IllegalArgumentException(
          String.format(
              "the model was made for other features (%016x, this Earshot computes %016x); export"
                  + " it again",
              model.base().featureFingerprint(), spec.fingerprint()));
    }
    for (String event : selection) {
      if (!model.events().contains(event)) {
        throw new IllegalArgumentException(
            "the model has no head for '"
                + event
                + "'; it has "
                + String.join(", ", model.events()));
      }
    }
    SoundModel selected = model.select(selection);
    extractor = new LogMelExtractor(spec);
    base = selected.base();
    weights = NetworkWeights.of(selected, kernel);
    network = new StreamingNetwork(weights);
    timing = StepTiming.of(model.base(), spec);
    detector = new Detector(selected.heads(), sensitivity, timing);
    cadence = new CadenceCorrection(selected.events(), spec);
    logMel = new float[spec.melBands()];
    calibrate(selected);
  }

  private void calibrate(SoundModel model) {
    calibrations = model.heads().stream().map(HeadModel::calibration).toArray(Calibration[]::new);
    logits = new float[calibrations.length];
    posteriors = new float[calibrations.length];
  }

  /** Hears more samples; alerts that end within them go to the sink before this returns. */
  public void push(float[] samples, int offset, int length, AlertSink alertSink) {
    push(samples, offset, length, alertSink, NO_STEPS);
  }

  /** As {@link #push(float[], int, int, AlertSink)}, and tells the posteriors of every step. */
  public void push(
      float[] samples, int offset, int length, AlertSink alertSink, StepSink stepSink) {
    alerts = alertSink;
    steps = stepSink;
    extractor.push(samples, offset, length, frames);
  }

  private void frame(long frameIndex, float[] features) {
    if (cadence.isActive()) {
      extractor.copyLogMel(logMel);
      cadence.accept(logMel);
    }
    if (!network.accept(features)) {
      return;
    }
    for (int head = 0; head < posteriors.length; head++) {
      logits[head] = network.logit(head);
      posteriors[head] = network.posterior(head);
    }
    correct();
    detector.accept(posteriors, alerts);
    steps.step((network.steps() - 1) * timing.hopSamples(), posteriors);
  }

  /** The rhythm of beeps has its say on the two alarms; other posteriors are the network's. */
  private void correct() {
    cadence.correct(logits);
    for (int head = 0; head < posteriors.length; head++) {
      if (cadence.corrects(head)) {
        Calibration calibration = calibrations[head];
        posteriors[head] =
            Activations.sigmoid(calibration.slope() * logits[head] + calibration.offset());
      }
    }
  }

  /** Ends the alerts that are still open: the stream is over. */
  public void finish(AlertSink alertSink) {
    detector.finish(alertSink);
  }

  /** Listens at another sensitivity from the next step on; open alerts stay open. */
  public void setSensitivity(Sensitivity sensitivity) {
    detector.setSensitivity(sensitivity);
  }

  /**
   * Listens with other heads of the same base from the next frame on; not to be called from a sink.
   *
   * <p>A head that was there before, equal in all, goes on bit for bit as if nothing had happened;
   * the open alert of one that was not ends. The order of the posteriors is that of {@link
   * #events()}.
   *
   * @throws IllegalArgumentException when a head does not fit the base; nothing has changed then
   */
  public void setHeads(List<HeadModel> heads, AlertSink alertSink) {
    SoundModel model = new SoundModel(base, heads);
    weights = weights.withHeads(model.heads());
    network.setWeights(weights);
    detector.setHeads(model.heads(), alertSink);
    cadence.setEvents(model.events());
    calibrate(model);
  }

  /** Forgets the stream, open alerts included, as if newly made. */
  public void reset() {
    extractor.reset();
    network.reset();
    cadence.reset();
    detector.reset();
  }

  /**
   * Forgets parts of what was heard; samples, steps and open alerts go on. Shows what each part
   * does to a stream that changes from one moment to the next.
   */
  public void forget(Set<Memory> parts) {
    for (Memory part : parts) {
      switch (part) {
        case FRONT_END -> extractor.forgetMean();
        case NETWORK -> network.forget();
        case CADENCE -> cadence.reset();
        case DECISIONS -> detector.forget();
      }
    }
  }

  /** Returns the selected events, in the order of every posterior array. */
  public List<String> events() {
    return network.events();
  }

  /** Returns where the steps lie on the sample axis. */
  public StepTiming timing() {
    return timing;
  }

  /** Returns a head's smoothed posterior after the last step: what the thresholds compare. */
  public float smoothed(int head) {
    return detector.smoothed(head);
  }

  /** Returns whether a head's alert is open. */
  public boolean isOpen(int head) {
    return detector.isOpen(head);
  }
}
