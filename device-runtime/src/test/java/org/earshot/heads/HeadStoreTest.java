package org.earshot.heads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.earshot.heads.HeadRefusedException.Reason;
import org.earshot.model.BaseModel;
import org.earshot.model.GoldenPosteriors;
import org.earshot.model.HeadModel;
import org.earshot.model.HeadUpdate;
import org.earshot.model.ModelFile;
import org.earshot.model.SoundModel;
import org.earshot.testing.TestModels;
import org.earshot.testing.Updates;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeadStoreTest {
  private static final SigningKey KEY = SigningKey.generate();

  @TempDir Path scratch;
  private final SoundModel shipped = TestModels.random(1, 4, "siren", "dog_bark");
  private final BaseModel base = shipped.base();
  private final List<String> unusable = new ArrayList<>();
  private Path folder;
  private TrustedKeys keys;

  @BeforeEach
  void trust() throws IOException {
    folder = scratch.resolve("heads");
    Path file = Files.writeString(scratch.resolve("key.pub"), KEY.publicPem());
    keys = TrustedKeys.read(List.of(file));
  }

  private HeadStore open() throws IOException {
    unusable.clear();
    return HeadStore.open(folder, shipped, keys, (what, why) -> unusable.add(what + ": " + why));
  }

  private byte[] update(String event, int version) {
    return Updates.file(base, event, version, KEY);
  }

  private static HeadRefusedException refusal(HeadStore store, byte[] file) {
    return catchThrowableOfType(HeadRefusedException.class, () -> store.take(file, "update"));
  }

  private void refused(byte[] file, Reason reason, String message) throws IOException {
    HeadStore store = open();
    SoundModel before = store.model();
    HeadRefusedException e = refusal(store, file);
    assertThat(e.reason()).isEqualTo(reason);
    assertThat(e).hasMessageContaining(message);
    assertThat(store.model()).isEqualTo(before);
    assertThat(open().model()).isEqualTo(before);
  }

  private List<Path> headFiles() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, "*.esh")) {
      stream.forEach(files::add);
    }
    return files;
  }

  @Test
  void aNewHeadStandsBesideThoseThatShipped() throws Exception {
    HeadStore store = open();
    assertThat(store.model()).isEqualTo(shipped);

    HeadModel taken = store.take(update("kettle", 1), "update");

    assertThat(taken).isEqualTo(Updates.head(base, "kettle", 1));
    assertThat(store.model().events()).containsExactly("dog_bark", "siren", "kettle");
    assertThat(store.model().heads()).containsAll(shipped.heads()).contains(taken);
    HeadStore again = open();
    assertThat(again.model()).isEqualTo(store.model());
    assertThat(again.entries())
        .filteredOn(HeadStore.Entry::taken)
        .extracting(entry -> entry.head().event())
        .containsExactly("kettle");
    assertThat(unusable).isEmpty();
  }

  @Test
  void anUpdateReplacesAHeadAndCanBeRolledBackButNotTakenAgain() throws Exception {
    HeadStore store = open();
    store.take(update("siren", 2), "update");
    store.take(update("siren", 3), "update");
    assertThat(store.model().heads()).contains(Updates.head(base, "siren", 3));

    store.rollBack("siren");
    assertThat(open().model().heads()).contains(Updates.head(base, "siren", 2));
    assertThat(refusal(store, update("siren", 3)).reason()).isEqualTo(Reason.OLDER);
    store.rollBack("siren");
    assertThat(store.model()).isEqualTo(shipped);
    assertThat(open().model()).isEqualTo(shipped);
    assertThat(headFiles()).isEmpty();
    HeadRefusedException nothing =
        catchThrowableOfType(HeadRefusedException.class, () -> store.rollBack("siren"));
    assertThat(nothing.reason()).isEqualTo(Reason.ABSENT);

    store.take(update("siren", 4), "update");
    assertThat(open().model().heads()).contains(Updates.head(base, "siren", 4));
  }

  @Test
  void whatIsRemovedIsGoneUntilItIsRolledBack() throws Exception {
    HeadStore store = open();
    store.take(update("kettle", 5), "update");
    store.remove("kettle");
    assertThat(open().model()).isEqualTo(shipped);
    assertThat(refusal(open(), update("kettle", 4)).reason()).isEqualTo(Reason.OLDER);

    store.rollBack("kettle");
    assertThat(open().model().heads()).contains(Updates.head(base, "kettle", 5));
    HeadRefusedException shippedOnly =
        catchThrowableOfType(HeadRefusedException.class, () -> store.remove("dog_bark"));
    assertThat(shippedOnly.reason()).isEqualTo(Reason.ABSENT);
  }

  @Test
  void theSameUpdateTwiceIsNoError() throws Exception {
    HeadStore store = open();
    store.take(update("kettle", 1), "update");
    HeadModel again = store.take(update("kettle", 1), "update");
    assertThat(again.version()).isEqualTo(1);
    assertThat(store.entries()).noneMatch(HeadStore.Entry::previous);
  }

  @Test
  void everyChangedByteIsRefused() throws Exception {
    byte[] good = update("kettle", 2);
    HeadStore store = open();
    for (int at = 0; at < good.length; at++) {
      byte[] bad = good.clone();
      bad[at] ^= 0x10;
      HeadRefusedException e = refusal(store, bad);
      assertThat(e).as("byte %d", at).isNotNull();
      assertThat(e.reason()).as("byte %d", at).isEqualTo(Reason.DAMAGED);
    }
    assertThat(store.model()).isEqualTo(shipped);
  }

  @Test
  void everyLengthButTheWholeIsRefused() throws Exception {
    byte[] good = update("kettle", 2);
    HeadStore store = open();
    for (int length = 0; length < good.length; length++) {
      assertThat(refusal(store, Arrays.copyOf(good, length)).reason())
          .as("%d bytes", length)
          .isEqualTo(Reason.DAMAGED);
    }
    assertThat(refusal(store, Arrays.copyOf(good, good.length + 1)).reason())
        .isEqualTo(Reason.DAMAGED);
  }

  /** The head of one update under the signature of the other. */
  @Test
  void aHeadUnderTheSignatureOfAnotherIsForged() throws IOException {
    HeadModel head = Updates.head(base, "kettle", 9);
    byte[] signature = signatureOf(update("kettle", 1));
    HeadUpdate.Signer copying =
        new HeadUpdate.Signer() {
          @Override
          public byte[] keyId() {
            return KEY.keyId();
          }

          @Override
          public byte[] sign(byte[] bytes) {
            return signature;
          }
        };
    refused(
        HeadUpdate.write(head, Updates.golden(head), copying),
        Reason.FORGED,
        "after it was signed");
  }

  private static byte[] signatureOf(byte[] file) throws IOException {
    return HeadUpdate.read(file, "update").signature();
  }

  @Test
  void anUnsignedHeadOrOneOfAForeignKeyIsRefused() throws IOException {
    refused(ModelFile.writeHead(Updates.head(base, "kettle", 1)), Reason.DAMAGED, "is not signed");
    refused(
        Updates.file(base, "kettle", 1, SigningKey.generate()),
        Reason.UNTRUSTED,
        "which is not trusted");
    keys = TrustedKeys.none();
    refused(update("kettle", 1), Reason.UNTRUSTED, "trusted_keys");
  }

  @Test
  void aHeadOfAnotherBaseIsRefused() throws IOException {
    BaseModel other = TestModels.random(2, 4, "siren").base();
    refused(Updates.file(other, "kettle", 1, KEY), Reason.WRONG_BASE, "made for another base");
  }

  @Test
  void anOlderHeadIsRefused() throws Exception {
    HeadStore store = open();
    store.take(update("kettle", 3), "update");
    refused(update("kettle", 2), Reason.OLDER, "version 2 of kettle is not newer than version 3");
    HeadModel same = Updates.head(base, "kettle", 3);
    HeadModel changed = same.with(same.calibration(), TestModels.decision());
    GoldenPosteriors less = new GoldenPosteriors(Updates.golden(same).examples().subList(0, 1));
    refused(HeadUpdate.write(changed, less, KEY), Reason.OLDER, "not newer than version 3");
    refused(update("siren", 1), Reason.OLDER, "version 1 of siren"); // what shipped
  }

  @Test
  void aHeadThatGivesSomethingElseHereFailsItsSelfTest() throws IOException {
    HeadModel head = Updates.head(base, "kettle", 1);
    List<GoldenPosteriors.Example> examples = new ArrayList<>(Updates.golden(head).examples());
    GoldenPosteriors.Example last = examples.get(4);
    examples.set(
        4, new GoldenPosteriors.Example(last.hidden(), Math.nextAfter(last.posterior(), 0.5)));
    refused(
        HeadUpdate.write(head, new GoldenPosteriors(examples), KEY),
        Reason.SELF_TEST,
        "golden posterior 4");
  }

  @Test
  void noMoreHeadsThanAModelMayHave() throws Exception {
    HeadStore store = open();
    for (int i = 2; i < SoundModel.MAX_HEADS; i++) {
      store.take(update("sound_" + i, 1), "update");
    }
    HeadRefusedException e = refusal(store, update("kettle", 1));
    assertThat(e.reason()).isEqualTo(Reason.TOO_MANY);
    store.remove("sound_7");
    store.take(update("kettle", 1), "update");
    assertThat(open().model().heads()).hasSize(SoundModel.MAX_HEADS);
  }

  @Test
  void aBrokenFileGivesWayToTheHeadBefore() throws Exception {
    HeadStore store = open();
    store.take(update("siren", 2), "update");
    byte[] newest = update("siren", 3);
    store.take(newest, "update");
    for (Path file : headFiles()) {
      byte[] bytes = Files.readAllBytes(file);
      if (Arrays.equals(bytes, newest)) {
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
      }
    }
    HeadStore again = open();
    assertThat(unusable).singleElement().asString().contains("its SHA-256 is not its name");
    assertThat(again.model().heads()).contains(Updates.head(base, "siren", 2));

    again.take(newest, "update"); // sent once more
    assertThat(open().model().heads()).contains(Updates.head(base, "siren", 3));
    assertThat(unusable).isEmpty();
  }

  @Test
  void withoutUsableFilesThatWhichShippedIsHeard() throws Exception {
    HeadStore store = open();
    store.take(update("siren", 2), "update");
    store.take(update("siren", 3), "update");
    for (Path file : headFiles()) {
      Files.delete(file);
    }
    assertThat(open().model()).isEqualTo(shipped);
    assertThat(unusable).hasSize(2).allMatch(line -> line.contains("is missing"));
  }

  @Test
  void aDamagedLedgerIsSetAsideAndTold() throws Exception {
    open().take(update("siren", 2), "update");
    Path ledger = folder.resolve("ledger");
    byte[] bytes = Files.readAllBytes(ledger);
    for (int at = 0; at < bytes.length; at++) {
      byte[] bad = bytes.clone();
      bad[at] ^= 1;
      Files.write(ledger, bad);
      assertThat(open().model()).as("byte %d", at).isEqualTo(shipped);
      assertThat(unusable).singleElement().asString().contains("ledger.damaged: damaged");
      assertThat(folder.resolve("ledger.damaged")).hasBinaryContent(bad);
    }
  }

  @Test
  void aKeyThatIsNoLongerTrustedEndsItsHeads() throws Exception {
    open().take(update("siren", 2), "update");
    keys = TrustedKeys.none();
    assertThat(open().model()).isEqualTo(shipped);
    assertThat(unusable).singleElement().asString().contains("not trusted");
  }

  @Test
  void onlyWhatCountsOrCanComeBackStaysOnDisk() throws Exception {
    HeadStore store = open();
    for (int version = 2; version < 9; version++) {
      store.take(update("siren", version), "update");
    }
    assertThat(headFiles()).hasSize(2);
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all).hasSize(3);
    }
  }
}
