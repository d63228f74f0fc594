package org.earshot.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.earshot.testing.TestModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The optional section CURV of head files and bundles. */
class ModelFileCurveTest {
  private final SoundModel plain = TestModels.random(1, 6, "siren", "smoke_alarm", "zebra");
  private final SoundModel curved = TestModels.withCurves(plain, 7);
  private final HeadModel head = curved.heads().get(1);
  private final Container.Payload headSection = Container.Payload.head(head);
  private final Container.Payload curveSection = Container.Payload.curve(head.curve());

  @TempDir Path folder;

  @Test
  void readsBackTheCurvesOfAFolderAndOfABundle() throws IOException {
    ModelFile.write(curved, folder);
    assertThat(ModelFile.read(folder)).isEqualTo(curved).isNotEqualTo(plain);
    SoundModel bundle = ModelFile.read(ModelFile.write(curved), "bundle");
    assertThat(bundle).isEqualTo(curved);
    assertThat(ModelFile.write(bundle)).isEqualTo(ModelFile.write(curved));
  }

  @Test
  void readsABundleInWhichOnlySomeHeadsHaveACurve() throws IOException {
    for (int one = 0; one < 3; one++) {
      List<HeadModel> heads = new ArrayList<>(plain.heads());
      heads.set(one, curved.heads().get(one));
      SoundModel some = new SoundModel(plain.base(), heads);
      assertThat(ModelFile.read(ModelFile.write(some), "bundle")).isEqualTo(some);
    }
  }

  @Test
  void aHeadWithoutACurveIsWrittenAsBefore() throws IOException {
    byte[] without = ModelFile.writeHead(plain.heads().get(1));
    assertThat(without)
        .isEqualTo(Container.write(Container.KIND_HEAD, List.of(headSection)))
        .isEqualTo(ModelFile.writeHead(head.with(null)));
    assertThat(ModelFile.readHead(without, "head").curve()).isNull();
  }

  @Test
  void newThresholdsEndTheCurveAndANewCurveKeepsTheThresholds() {
    assertThat(head.with(head.calibration(), head.decision()).curve()).isNull();
    HeadModel other = head.with(TestModels.curve(new Random(99)));
    assertThat(other).isNotEqualTo(head);
    assertThat(other.decision()).isEqualTo(head.decision());
    assertThat(other.with(head.curve())).isEqualTo(head);
  }

  @Test
  void refusesACurveWithoutItsHeadAndASecondOne() {
    int first = Container.HEADER_BYTES + 2 * Container.ENTRY_BYTES + Sha256.BYTES;
    byte[] before = Container.write(Container.KIND_HEAD, List.of(curveSection, headSection));
    assertThat(refuseHead(before)).hasMessageContaining("a curve before its head");
    assertThat(refuseHead(before).offset()).isEqualTo(first);
    byte[] twice =
        Container.write(Container.KIND_HEAD, List.of(headSection, curveSection, curveSection));
    assertThat(refuseHead(twice)).hasMessageContaining("a second curve of one head");
    byte[] alone = Container.write(Container.KIND_HEAD, List.of(curveSection));
    assertThat(refuseHead(alone)).hasMessageContaining("a curve before its head");
    byte[] bundle =
        Container.write(
            Container.KIND_BUNDLE,
            List.of(Container.Payload.base(plain.base()), curveSection, headSection));
    assertThat(catchThrowableOfType(ModelFormatException.class, () -> ModelFile.read(bundle, "b")))
        .hasMessageContaining("a curve before its head");
  }

  @Test
  void refusesTwoHeadsOrABaseInAHeadFileAndACurveInABaseFile() {
    Container.Payload base = Container.Payload.base(plain.base());
    for (List<Container.Payload> wrong :
        List.of(List.of(headSection, headSection), List.of(headSection, base))) {
      assertThat(refuseHead(Container.write(Container.KIND_HEAD, wrong)))
          .hasMessageContaining("one head");
    }
    byte[] withCurve = Container.write(Container.KIND_BASE, List.of(base, curveSection));
    assertThat(
            catchThrowableOfType(
                ModelFormatException.class, () -> ModelFile.readBase(withCurve, "base")))
        .hasMessageContaining("exactly one section");
  }

  @Test
  void namesTheOffsetOfANumberOutOfRange() {
    refusedAt(0, Float.floatToIntBits(0), 0, "hours of negatives is 0.0");
    refusedAt(0, Float.floatToIntBits(Float.NaN), 0, "hours of negatives is NaN");
    refusedAt(4, -1, 4, "number of events is -1");
    refusedAt(8, 0x0000_0066, 8, "number of points is 102, wanted 3 to 101");
    refusedAt(8, 0x0000_0002, 8, "number of points is 2");
    refusedAt(10, 0xff, 10, "sensitivity is 255");
    refusedAt(11, Float.floatToIntBits(20.5f), 11, "shift of the thresholds is 20.5");
    refusedAt(15, Integer.MIN_VALUE, 15, "number of false alerts is -2147483648");
    refusedAt(19, Integer.MAX_VALUE, 19, "number of missed events is 2147483647");
    refusedAt(11, Float.floatToIntBits(-20), 0, "the shift rises");
  }

  @Test
  void refusesEveryTruncationOfTheCurveAndBytesBehindIt() {
    byte[] payload = curveSection.bytes();
    for (int length = 0; length <= payload.length + 1; length++) {
      if (length != payload.length) {
        byte[] file = headWith(Arrays.copyOf(payload, length));
        assertThat(refuseHead(file).offset())
            .as("cut to %d bytes", length)
            .isBetween((long) file.length - length, (long) file.length);
      }
    }
  }

  private void refusedAt(int at, int value, int offset, String message) {
    byte[] payload = curveSection.bytes().clone();
    ByteBuffer buffer = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
    if (at == 8) {
      buffer.putShort(at, (short) value);
    } else if (at == 10) {
      payload[at] = (byte) value;
    } else {
      buffer.putInt(at, value);
    }
    byte[] file = headWith(payload);
    ModelFormatException e = refuseHead(file);
    assertThat(e).hasMessageContaining(message);
    assertThat(e.offset()).isEqualTo(file.length - payload.length + offset);
  }

  private byte[] headWith(byte[] curve) {
    return Container.write(
        Container.KIND_HEAD, List.of(headSection, new Container.Payload(Container.CURV, 0, curve)));
  }

  private static ModelFormatException refuseHead(byte[] file) {
    return catchThrowableOfType(
        ModelFormatException.class, () -> ModelFile.readHead(file, "head.esh"));
  }
}
