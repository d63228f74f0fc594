package org.earshot.teaching;

import java.util.Arrays;
import java.util.List;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.audio.feature.LogMelExtractor;
import org.earshot.detect.StepTiming;
import org.earshot.model.BaseModel;
import org.earshot.model.SoundModel;
import org.earshot.network.StreamingNetwork;

/** The device's own int8 base as a source of hidden states. One thread an instance. */
final class HiddenSource {
  private final StepTiming timing;
  private final LogMelExtractor extractor;
  private final StreamingNetwork network;
  private final byte[] state; // [inputs]

  /**
   * @throws IllegalArgumentException when the base was made for other features
   */
  HiddenSource(BaseModel base, FeatureSpec spec) {
    if (base.featureFingerprint() != spec.fingerprint()) {
      throw new IllegalArgumentException("the base was made for other features; export it again");
    }
    timing = StepTiming.of(base, spec);
    extractor = new LogMelExtractor(spec);
    network = new StreamingNetwork(new SoundModel(base, List.of()));
    state = new byte[base.headInputs()];
  }

  /** Hears a stream from its beginning; 16 kHz. */
  HiddenTrack track(float[] samples) {
    extractor.reset();
    network.reset();
    int most = samples.length / timing.hopSamples() + 2;
    byte[] states = new byte[most * state.length];
    extractor.push(
        samples,
        0,
        samples.length,
        (index, features) -> {
          if (network.accept(features)) {
            network.copyHidden(state);
            int step = (int) network.steps() - 1;
            System.arraycopy(state, 0, states, step * state.length, state.length);
          }
        });
    int used = (int) network.steps() * state.length;
    return new HiddenTrack(timing, state.length, Arrays.copyOf(states, used));
  }
}
