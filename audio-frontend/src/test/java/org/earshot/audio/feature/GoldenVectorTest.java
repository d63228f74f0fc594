package org.earshot.audio.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The extractor against a reference of its own code and precision. */
class GoldenVectorTest {
  private static final float TOLERANCE = 1e-3f;

  @ParameterizedTest
  @EnumSource
  void extractorAgreesWithTheReference(Normalization normalization) {
    FeatureSpec spec = FeatureSpec.standard(normalization);
    float[] signal = GoldenVectors.signal();
    List<float[]> frames = LogMelExtractorTest.frames(spec, signal, signal.length);
    List<String[]> golden =
        committed()
            .lines()
            .map(line -> line.split(",", -1))
            .filter(fields -> fields[0].equals(normalization.name()))
            .toList();
    assertThat(golden).hasSizeGreaterThan(20);
    for (String[] fields : golden) {
      int frame = Integer.parseInt(fields[1]);
      assertThat(fields).hasSize(2 + spec.melBands());
      for (int band = 0; band < spec.melBands(); band++) {
        assertThat(frames.get(frame)[band])
            .as("frame %d, band %d", frame, band)
            .isCloseTo(Float.parseFloat(fields[2 + band]), within(TOLERANCE));
      }
    }
    int last = Integer.parseInt(golden.get(golden.size() - 1)[1]);
    assertThat(frames).hasSize(last + 1);
  }

  @Test
  void generatorGivesTheCommittedFileByteForByte() {
    assertThat(GoldenVectors.text()).isEqualTo(committed());
  }

  private static String committed() {
    try (InputStream in = GoldenVectorTest.class.getResourceAsStream("golden-vectors.csv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
