package org.earshot.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import org.earshot.audio.feature.FeatureSpec;

/**
 * Whatever the bytes, reading a verifier gives a model or a {@link VerifierFormatException}.
 *
 * <p>Length and checksum are repaired first, so that the parser beneath them is reached. A model
 * that was accepted must be written and read back unchanged, and run where it is small. The inputs
 * under src/test/resources come from {@link VerifierFileSeeds}.
 */
class VerifierFileFuzzTest {
  private static final int SMALL = 2_000;

  @FuzzTest(maxDuration = "10m")
  void anyBytesAreReadOrRefused(byte[] bytes) {
    byte[] repaired = Resealing.all(bytes.clone());
    VerifierModel model;
    try {
      model = VerifierFile.read(repaired, "fuzz");
    } catch (VerifierFormatException e) {
      assertThat(e.offset()).isBetween(0L, (long) bytes.length);
      return;
    }
    assertThat(Arrays.equals(VerifierFile.write(model), repaired)).isTrue();
    FeatureSpec spec = FeatureSpec.standard();
    boolean runs =
        model.weights() < SMALL
            && model.featureFingerprint() == spec.fingerprint()
            && model.melBands() == spec.melBands();
    if (runs) {
      for (float p : new VerifierNetwork(model, spec).probabilities(new float[8_000])) {
        assertThat(p).isBetween(0f, 1f);
      }
    }
  }
}
