package org.earshot.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.earshot.audio.feature.FeatureSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifierFileTest {
  private static final int PAYLOAD = VerifierFile.HEADER_BYTES;

  @TempDir Path folder;

  @Test
  void aModelIsWrittenAndReadBackBitForBit() throws IOException {
    VerifierModel model = TestVerifiers.small(1);
    Path file = folder.resolve(VerifierFile.NAME);
    VerifierFile.write(model, file);
    VerifierModel read = VerifierFile.read(file);
    assertThat(VerifierFile.write(read)).isEqualTo(Files.readAllBytes(file));
    assertThat(read.events()).containsExactly("dog_bark", "siren");
    assertThat(read.weights()).isEqualTo(model.weights());
    float[] clip = TestVerifiers.clip(1, 1);
    FeatureSpec spec = FeatureSpec.standard();
    assertThat(new VerifierNetwork(read, spec).probabilities(clip))
        .isEqualTo(new VerifierNetwork(model, spec).probabilities(clip));
    assertThat(folder).isDirectoryContaining(path -> path.equals(file)); // and no .part
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void theFingerprintNamesTheWeights() {
    String fingerprint = VerifierFile.fingerprint(TestVerifiers.small(1));
    assertThat(fingerprint).matches("[0-9a-f]{16}");
    assertThat(VerifierFile.fingerprint(TestVerifiers.small(1))).isEqualTo(fingerprint);
    assertThat(VerifierFile.fingerprint(TestVerifiers.small(2))).isNotEqualTo(fingerprint);
  }

  @Test
  void everyChangedByteIsRefused() {
    byte[] file = VerifierFile.write(TestVerifiers.tiny());
    for (int at = 0; at < file.length; at++) {
      byte[] changed = file.clone();
      changed[at] ^= 0x40;
      assertThatThrownBy(() -> VerifierFile.read(changed, "changed"))
          .isInstanceOf(VerifierFormatException.class)
          .hasMessageContaining("changed: ")
          .hasMessageContaining("restore the file");
    }
  }

  @Test
  void everyShorterFileIsRefusedWhereItEnds() {
    byte[] file = VerifierFile.write(TestVerifiers.tiny());
    for (int length = 0; length < file.length; length++) {
      byte[] cut = Resealing.all(Arrays.copyOf(file, length));
      int end = length;
      assertThatThrownBy(() -> VerifierFile.read(cut, "cut"))
          .isInstanceOfSatisfying(
              VerifierFormatException.class, e -> assertThat(e.offset()).isBetween(0L, (long) end));
    }
    byte[] longer = Resealing.all(Arrays.copyOf(file, file.length + 1));
    assertRefused(longer, file.length, "1 bytes too many");
  }

  @Test
  void aSizeThatLiesIsRefusedBeforeMemoryIsTaken() {
    byte[] file = VerifierFile.write(TestVerifiers.tiny());
    int channelsAt = PAYLOAD + 8 + 2 + 2 + 2 + 4 + 2 + 2 + 2 + 2;
    byte[] wide = file.clone();
    shorts(wide).putShort(channelsAt, (short) 4096);
    assertRefused(Resealing.all(wide), channelsAt + 2, "weights of a convolution");
    int hiddenAt = channelsAt + 2 + 4 * (2 + 1);
    byte[] deep = file.clone();
    shorts(deep).putShort(hiddenAt, (short) 4096);
    assertRefused(Resealing.all(deep), hiddenAt + 2, "input weights of the LSTM layer");
  }

  @Test
  void valuesOutOfTheirRangeAreRefusedWithTheirOffset() {
    byte[] file = VerifierFile.write(TestVerifiers.tiny());
    int biasAt = file.length - 4;
    byte[] notANumber = file.clone();
    shorts(notANumber).putFloat(biasAt, Float.NaN);
    assertRefused(Resealing.all(notANumber), biasAt, "NaN");
    byte[] huge = file.clone();
    shorts(huge).putFloat(biasAt, 2e6f);
    assertRefused(Resealing.all(huge), biasAt, "2000000.0");
    byte[] upper = file.clone();
    int labelAt = file.length - 4 - 8 - 2;
    upper[labelAt + 1] = 'A';
    assertRefused(Resealing.all(upper), labelAt, "a label holds other characters");
    byte[] version = file.clone();
    shorts(version).putShort(8, (short) 2);
    assertRefused(version, 8, "format version is 2, wanted 1 to 1");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> VerifierFile.read(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("no such verifier");
  }

  private static ByteBuffer shorts(byte[] file) {
    return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void assertRefused(byte[] file, long offset, String problem) {
    assertThatThrownBy(() -> VerifierFile.read(file, "bad"))
        .isInstanceOfSatisfying(
            VerifierFormatException.class, e -> assertThat(e.offset()).isEqualTo(offset))
        .hasMessageContaining(problem);
  }
}
