package org.earshot.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.testing.TestModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
  private static final int TABLE = Container.HEADER_BYTES;
  private final SoundModel model = TestModels.random(1, 6, "siren", "smoke_alarm", "zebra");

  @TempDir Path folder;

  @Test
  void readsBackEveryValueOfABundle() throws IOException {
    SoundModel read = ModelFile.read(ModelFile.write(model), "bundle");
    assertThat(read).isEqualTo(model);
    assertThat(ModelFile.write(read)).isEqualTo(ModelFile.write(model));
  }

  @Test
  void readsBackAFolderWithOneFilePerHead() throws IOException {
    ModelFile.write(model, folder);
    assertThat(folder.resolve("base.esb")).exists();
    assertThat(folder.resolve("heads/siren.esh")).exists();
    assertThat(ModelFile.read(folder)).isEqualTo(model);
  }

  @Test
  void keepsStandardLabelsInTheirOrderAndOthersBehindThem() {
    assertThat(model.events()).containsExactly("smoke_alarm", "siren", "zebra");
  }

  @Test
  void addingUpdatingOrRemovingAHeadTouchesNoOtherFile() throws IOException {
    ModelFile.write(model, folder);
    byte[] base = Files.readAllBytes(folder.resolve("base.esb"));
    byte[] siren = Files.readAllBytes(folder.resolve("heads/siren.esh"));
    HeadModel zebra = model.heads().get(2);
    HeadModel updated = zebra.with(new Calibration(2, 1), zebra.decision());
    ModelFile.write(new SoundModel(model.base(), List.of(updated)), folder);
    Files.delete(folder.resolve("heads/smoke_alarm.esh"));
    assertThat(Files.readAllBytes(folder.resolve("base.esb"))).isEqualTo(base);
    assertThat(Files.readAllBytes(folder.resolve("heads/siren.esh"))).isEqualTo(siren);
    assertThat(ModelFile.read(folder).heads()).containsExactly(model.heads().get(1), updated);
  }

  @Test
  void fingerprintIsTheChecksumOfTheBaseSectionInEveryFileThatHoldsIt() {
    byte[] fingerprint = model.base().fingerprint();
    for (byte[] file : List.of(ModelFile.writeBase(model.base()), ModelFile.write(model))) {
      assertThat(Arrays.copyOfRange(file, TABLE + 16, TABLE + 48)).isEqualTo(fingerprint);
    }
  }

  @Test
  void refusesAHeadOfAnotherBaseAndNamesItsFile() throws IOException {
    ModelFile.write(model, folder);
    SoundModel other = TestModels.random(2, 6, "siren");
    Files.write(folder.resolve("heads/siren.esh"), ModelFile.writeHead(other.heads().get(0)));
    assertThatThrownBy(() -> ModelFile.read(folder))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("siren.esh")
        .hasMessageContaining("another base");
  }

  @Test
  void refusesTwoHeadsOfTheSameEvent() throws IOException {
    ModelFile.write(model, folder);
    Files.copy(folder.resolve("heads/siren.esh"), folder.resolve("heads/twin.esh"));
    assertThatThrownBy(() -> ModelFile.read(folder)).hasMessageContaining("twin.esh");
  }

  @Test
  void saysWhichFileIsMissing() {
    assertThatThrownBy(() -> ModelFile.read(folder))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("base.esb");
  }

  @Test
  void refusesEveryTruncation() {
    for (byte[] whole : files()) {
      for (int length = 0; length < whole.length; length += length < 400 ? 1 : 97) {
        ModelFormatException e = refusal(Arrays.copyOf(whole, length));
        assertThat(e.offset()).as("cut to %d bytes", length).isBetween(0L, (long) length);
      }
    }
  }

  @Test
  void refusesBytesBehindTheEnd() {
    for (byte[] whole : files()) {
      assertThat(refusal(Arrays.copyOf(whole, whole.length + 1)).offset()).isEqualTo(12);
    }
  }

  @Test
  void refusesEveryFlippedBit() {
    for (byte[] whole : files()) {
      for (int bit = 0; bit < 8 * whole.length; bit += bit < 8 * 250 ? 1 : 331) {
        byte[] damaged = whole.clone();
        damaged[bit / 8] ^= (byte) (1 << bit % 8);
        assertThat(refusal(damaged).getMessage()).as("bit %d", bit).isNotBlank();
      }
    }
  }

  @Test
  void namesTheOffsetOfAWrongMagicVersionOrKind() {
    byte[] base = ModelFile.writeBase(model.base());
    assertThat(refuseBase(patched(base, 3, 'X')).offset()).isEqualTo(3);
    ModelFormatException version = refuseBase(patched(base, 8, 1));
    assertThat(version.offset()).isEqualTo(8);
    assertThat(version)
        .hasMessageContaining("format version 1, this Earshot reads version 2")
        .hasMessageContaining("export it again");
    byte[] head = ModelFile.writeHead(model.heads().get(0));
    assertThat(refuseBase(head)).hasMessageContaining("kind of file");
    assertThat(refuseBase(head).offset()).isEqualTo(10);
    assertThat(refuseBase(new byte[0])).hasMessageContaining("magic");
  }

  @Test
  void namesTheSectionWhoseChecksumDoesNotMatch() {
    byte[] base = ModelFile.writeBase(model.base());
    int payload = TABLE + Container.ENTRY_BYTES + Sha256.BYTES;
    ModelFormatException e = refuseBase(patched(base, payload + 40, 77));
    assertThat(e).hasMessageContaining("SHA-256 of the section 0");
    assertThat(e.offset()).isEqualTo(payload);
  }

  @Test
  void refusesSectionsThatOverlapLeaveGapsOrOverflow() {
    byte[] base = ModelFile.writeBase(model.base());
    int offsetField = TABLE + 8;
    for (int offset : new int[] {0, -1, Integer.MAX_VALUE, 105, 103}) {
      byte[] file = base.clone();
      putInt(file, offsetField, offset);
      assertThat(refuseBase(Resealing.header(file)).offset()).isEqualTo(offsetField);
    }
    for (int length : new int[] {-1, Integer.MAX_VALUE, Integer.MIN_VALUE, base.length}) {
      byte[] file = base.clone();
      putInt(file, offsetField + 4, length);
      assertThat(refuseBase(Resealing.header(file)).offset()).isEqualTo(offsetField);
    }
    for (int count : new int[] {0, -1, 257, 256, Integer.MAX_VALUE}) {
      byte[] file = base.clone();
      putInt(file, 16, count);
      assertThat(refuseBase(file).offset()).isEqualTo(16);
    }
  }

  @Test
  void namesTheOffsetOfAWeightOfMinus128AndOfNumbersOutOfRange() {
    byte[] base = ModelFile.writeBase(model.base());
    int payload = TABLE + Container.ENTRY_BYTES + Sha256.BYTES;
    ConvolutionLayer convolution = model.base().convolutions().get(0);
    int firstScale = payload + 18 + 16;
    int firstWeight = firstScale + 4 * convolution.outputChannels();
    byte[] weight = Resealing.all(patched(base, firstWeight + 5, 0x80));
    assertThat(refuseBase(weight)).hasMessageContaining("-128");
    assertThat(refuseBase(weight).offset()).isEqualTo(firstWeight + 5);
    for (float scale :
        new float[] {0, -1, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1e30f}) {
      byte[] file = base.clone();
      putInt(file, firstScale, Float.floatToIntBits(scale));
      assertThat(refuseBase(Resealing.all(file)).offset()).isEqualTo(firstScale);
    }
    byte[] hidden = Resealing.all(patched(base, lstm(payload) + 2, 0));
    assertThat(refuseBase(hidden)).hasMessageContaining("units is 0");
  }

  @Test
  void allocatesNoMoreThanTheFileHolds() {
    byte[] base = ModelFile.writeBase(model.base());
    int payload = TABLE + Container.ENTRY_BYTES + Sha256.BYTES;
    byte[] file = base.clone();
    int lstm = lstm(payload);
    file[lstm + 2] = (byte) 0x00;
    file[lstm + 3] = 4; // 1024 units: 4096 scales that are not there
    ModelFormatException e = refuseBase(Resealing.all(file));
    assertThat(e).hasMessageContaining("left");
    assertThat(e.offset()).isEqualTo(lstm + 4);
  }

  @Test
  void namesTheOffsetOfAConvolutionThatDoesNotFitWhatIsBelow() {
    byte[] base = ModelFile.writeBase(model.base());
    int first = TABLE + Container.ENTRY_BYTES + Sha256.BYTES + 18;
    refusedAt(base, first - 2, 9, first - 2, "number of convolutions is 9, wanted 0 to 8");
    refusedAt(base, first, 0, first, "convolution 0 input bands is 0");
    refusedAt(base, first, 63, first, "convolution 0 input bands is 63, wanted 64 or 1");
    refusedAt(base, first, 1, first + 2, "convolution 0 input channels is 3, wanted 192 to 192");
    refusedAt(base, first + 2, 4, first + 2, "convolution 0 input channels is 4, wanted 3 to 3");
    refusedAt(base, first + 4, 65, first + 4, "convolution 0 kernel bands is 65, wanted 1 to 64");
    refusedAt(base, first + 6, 0, first + 6, "convolution 0 stride bands is 0, wanted 1 to 7");
    refusedAt(base, first + 6, 8, first + 6, "convolution 0 stride bands is 8, wanted 1 to 7");
    refusedAt(base, first + 8, 0, first + 8, "convolution 0 taps is 0, wanted 1 to 4");
    refusedAt(base, first + 8, 5, first + 8, "convolution 0 taps is 5, wanted 1 to 4");
    refusedAt(base, first + 10, 0, first + 10, "convolution 0 output channels is 0");
  }

  @Test
  void refusesAConvolutionOfMoreThan1040InputsUnderOneOutput() {
    byte[] base = ModelFile.writeBase(model.base());
    int first = TABLE + Container.ENTRY_BYTES + Sha256.BYTES + 18;
    byte[] frames = patched(patched(base, first - 8, 5), first + 2, 5);
    byte[] wide = patched(patched(frames, first + 4, 64), first + 8, 4);
    ModelFormatException e = refuseBase(Resealing.all(wide));
    assertThat(e).hasMessageContaining("1280 inputs under one output, wanted at most 1040");
    assertThat(e.offset()).isEqualTo(first + 4);
  }

  @Test
  void basesOfManyConvolutionsSurviveTheRoundTrip() throws IOException {
    for (List<ConvolutionLayer> convolutions : TestModels.convolutionStacks(new Random(4))) {
      SoundModel any =
          TestModels.random(new Random(5), FeatureSpec.standard(), convolutions, 3, 2, "siren");
      assertThat(ModelFile.read(ModelFile.write(any), "model")).isEqualTo(any);
    }
  }

  /** Offset of the first LSTM layer: behind the fixed fields, the convolutions and a count. */
  private int lstm(int payload) {
    int offset = payload + 18;
    for (ConvolutionLayer layer : model.base().convolutions()) {
      offset += 16 + layer.outputChannels() * (8 + layer.weights().columns());
    }
    return offset + 2;
  }

  private static void refusedAt(byte[] base, int at, int value, int offset, String message) {
    ModelFormatException e = refuseBase(Resealing.all(patched(base, at, value)));
    assertThat(e).hasMessageContaining(message);
    assertThat(e.offset()).isEqualTo(offset);
  }

  @Test
  void skipsUnknownOptionalSectionsAndRefusesMandatoryOnes() throws IOException {
    HeadModel head = model.heads().get(0);
    List<Container.Payload> payloads = new ArrayList<>();
    payloads.add(new Container.Payload(Container.type("GOLD"), 0, new byte[] {1, 2, 3}));
    payloads.add(Container.Payload.head(head));
    payloads.add(new Container.Payload(Container.type("SIGN"), 0, new byte[0]));
    byte[] optional = Container.write(Container.KIND_HEAD, payloads);
    assertThat(ModelFile.readHead(optional, "head")).isEqualTo(head);
    payloads.add(new Container.Payload(Container.type("MUST"), Container.MANDATORY, new byte[9]));
    byte[] mandatory = Container.write(Container.KIND_HEAD, payloads);
    assertThatThrownBy(() -> ModelFile.readHead(mandatory, "head"))
        .hasMessageContaining("unknown type")
        .hasMessageContaining("byte " + (TABLE + 3 * Container.ENTRY_BYTES));
  }

  @Test
  void refusesABundleWithoutOrWithTwoBases() {
    Container.Payload base = Container.Payload.base(model.base());
    Container.Payload head = Container.Payload.head(model.heads().get(0));
    byte[] none = Container.write(Container.KIND_BUNDLE, List.of(head));
    byte[] two = Container.write(Container.KIND_BUNDLE, List.of(base, base));
    assertThatThrownBy(() -> ModelFile.read(none, "n")).hasMessageContaining("no base section");
    assertThatThrownBy(() -> ModelFile.read(two, "n")).hasMessageContaining("second base");
  }

  @Test
  void randomModelsOfManyShapesSurviveTheRoundTrip() throws IOException {
    for (long seed = 1; seed <= 30; seed++) {
      Random random = new Random(seed);
      int hidden = 1 + random.nextInt(20);
      SoundModel any = TestModels.random(seed, hidden, "a", "b_" + random.nextInt(100));
      assertThat(ModelFile.read(ModelFile.write(any), "seed " + seed)).isEqualTo(any);
    }
  }

  private List<byte[]> files() {
    return List.of(
        ModelFile.write(model),
        ModelFile.writeBase(model.base()),
        ModelFile.writeHead(model.heads().get(0)));
  }

  private static ModelFormatException refusal(byte[] file) {
    return catchThrowableOfType(
        ModelFormatException.class,
        () -> {
          int kind = file.length > 10 ? file[10] : 0;
          switch (kind) {
            case Container.KIND_BASE -> ModelFile.readBase(file, "file");
            case Container.KIND_HEAD -> ModelFile.readHead(file, "file");
            default -> ModelFile.read(file, "file");
          }
        });
  }

  private static ModelFormatException refuseBase(byte[] file) {
    return catchThrowableOfType(
        ModelFormatException.class, () -> ModelFile.readBase(file, "base.esb"));
  }

  private static byte[] patched(byte[] file, int offset, int value) {
    byte[] patched = file.clone();
    patched[offset] = (byte) value;
    return patched;
  }

  private static void putInt(byte[] file, int offset, int value) {
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(offset, value);
  }
}
