package org.earshot.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.testing.TestModels;

/** Writes the small seeds of {@link ModelFileFuzzTest}; run again when the format changes. */
final class ModelFileSeeds {
  private ModelFileSeeds() {}

  /** Writes the seeds into the folder given. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    SoundModel model = tiny();
    Files.write(folder.resolve("base.esb"), ModelFile.writeBase(model.base()));
    Files.write(folder.resolve("head.esh"), ModelFile.writeHead(model.heads().get(0)));
    Files.write(folder.resolve("bundle"), ModelFile.write(model));
    byte[] optional =
        Container.write(
            Container.KIND_BUNDLE,
            List.of(
                Container.Payload.base(model.base()),
                new Container.Payload(Container.type("GOLD"), 0, new byte[] {1, 2, 3})));
    Files.write(folder.resolve("optional-section"), optional);
    Files.write(folder.resolve("overlapping-convolutions"), ModelFile.write(overlapping()));
    SoundModel curved = TestModels.withCurves(model, 3);
    Files.write(folder.resolve("head-with-curve"), ModelFile.writeHead(curved.heads().get(0)));
    Files.write(folder.resolve("bundle-with-curves"), ModelFile.write(curved));
    Container.Payload curve = Container.Payload.curve(curved.heads().get(0).curve());
    byte[] early =
        Container.write(
            Container.KIND_HEAD, List.of(curve, Container.Payload.head(model.heads().get(0))));
    Files.write(folder.resolve("curve-before-its-head"), early);
    Files.write(folder.resolve("empty"), new byte[0]);
    byte[] many = ModelFile.write(model);
    many[16] = (byte) 0xff;
    Files.write(folder.resolve("many-sections"), many);
  }

  /** Two bands, two units, two heads: every field in under a kilobyte. */
  static SoundModel tiny() {
    return TestModels.random(1, features(2), 2, 2, "siren", "dog_bark");
  }

  /** Six bands, two convolutions whose kernels overlap, one with three taps. */
  static SoundModel overlapping() {
    Random random = new Random(2);
    List<ConvolutionLayer> convolutions =
        List.of(
            TestModels.convolution(random, 3, 6, 3, 1, 3, 2),
            TestModels.convolution(random, 2, 4, 3, 1, 1, 1));
    return TestModels.random(random, features(6), convolutions, 1, 1, "siren");
  }

  private static FeatureSpec features(int bands) {
    FeatureSpec standard = FeatureSpec.standard();
    return new FeatureSpec(
        standard.sampleRateHz(),
        standard.frameSamples(),
        standard.hopSamples(),
        standard.fftSamples(),
        bands,
        standard.lowHz(),
        standard.highHz(),
        standard.floor(),
        standard.normalization(),
        standard.timeConstantFrames());
  }
}
