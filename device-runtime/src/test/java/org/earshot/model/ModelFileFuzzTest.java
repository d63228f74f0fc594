package org.earshot.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Random;
import org.earshot.network.StreamingNetwork;

/**
 * Whatever the bytes, reading a model gives a model or a {@link ModelFormatException}.
 *
 * <p>Checksums and lengths are repaired first, so that the parser beneath them is reached. A model
 * that was accepted must run, give posteriors, and be written and read back unchanged. The inputs
 * under src/test/resources come from {@link ModelFileSeeds}.
 */
class ModelFileFuzzTest {
  @FuzzTest(maxDuration = "10m")
  void anyBytesAreReadOrRefused(byte[] bytes) {
    byte[] repaired = Resealing.all(bytes.clone());
    try {
      SoundModel model = ModelFile.read(repaired, "fuzz");
      assertThat(ModelFile.read(ModelFile.write(model), "again")).isEqualTo(model);
      run(model);
    } catch (ModelFormatException e) {
      assertThat(e.offset()).isBetween(0L, (long) bytes.length);
    }
    try {
      BaseModel base = ModelFile.readBase(repaired, "fuzz");
      assertThat(ModelFile.readBase(ModelFile.writeBase(base), "again")).isEqualTo(base);
    } catch (ModelFormatException e) {
      assertThat(e.offset()).isBetween(0L, (long) bytes.length);
    }
    try {
      HeadModel head = ModelFile.readHead(repaired, "fuzz");
      assertThat(ModelFile.readHead(ModelFile.writeHead(head), "again")).isEqualTo(head);
    } catch (ModelFormatException e) {
      assertThat(e.offset()).isBetween(0L, (long) bytes.length);
    }
  }

  private static void run(SoundModel model) {
    StreamingNetwork network = new StreamingNetwork(model);
    Random random = new Random(1);
    float[] features = new float[model.base().melBands()];
    for (int frame = 0; frame < 2 * model.base().stackFrames(); frame++) {
      for (int band = 0; band < features.length; band++) {
        features[band] = 4 * (float) random.nextGaussian();
      }
      network.accept(features);
    }
    for (int head = 0; head < network.heads(); head++) {
      assertThat(network.posterior(head)).isBetween(0f, 1f);
    }
  }
}
