package org.earshot.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.audio.feature.LogMelExtractor;
import org.earshot.detect.CadenceCorrection;
import org.earshot.detect.StepTiming;
import org.earshot.evaluation.LogitTrack;
import org.earshot.evaluation.PosteriorSource;
import org.earshot.quantize.FloatModel;
import org.earshot.quantize.FloatModelFile;
import org.earshot.quantize.FloatNetwork;

/** The float reference as a source of corrected logits, for comparing int8 with it. */
final class FloatSource implements PosteriorSource {
  private final FloatModel model;
  private final StepTiming timing;

  FloatSource(FloatModel model) {
    this.model = model;
    timing = StepTiming.of(model.stackFrames(), model.features());
  }

  /** Reads the file that {@code export} leaves in the run folder. */
  static FloatSource open(Path file) {
    try {
      return new FloatSource(FloatModelFile.read(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<String> events() {
    return model.events();
  }

  @Override
  public LogitTrack track(float[] samples) {
    FeatureSpec spec = model.features();
    LogMelExtractor extractor = new LogMelExtractor(spec);
    FloatNetwork network = new FloatNetwork(model);
    CadenceCorrection cadence = new CadenceCorrection(model.events(), spec);
    float[] logMel = new float[spec.melBands()];
    float[] logits = new float[model.events().size()];
    LogitTrack.Builder track = new LogitTrack.Builder(logits.length);
    extractor.push(
        samples,
        0,
        samples.length,
        (index, features) -> {
          extractor.copyLogMel(logMel);
          cadence.accept(logMel);
          if (network.accept(features)) {
            for (int event = 0; event < logits.length; event++) {
              logits[event] = network.logit(event);
            }
            cadence.correct(logits);
            track.add(logits, 0);
          }
        });
    return track.build(timing);
  }
}
