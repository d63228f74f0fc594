package org.earshot.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsStoreTest {
  private static final GuardSettings CONFIGURED = GuardSettings.standard(GuardHome.NOON);
  private static final GuardSettings CHANGED =
      CONFIGURED
          .with(
              new ModeChoice(
                  GuardMode.NIGHT,
                  GuardHome.at(24, 22, 30),
                  "night 22:30-06:30 Mon",
                  GuardMode.HOME))
          .withSelection(GuardMode.HOME, Set.of())
          .withSelection(GuardMode.AWAY, Set.of("glass_break", "my_own_sound"))
          .withSensitivity("dog_bark", 30)
          .withSensitivity("siren", 100);

  @TempDir private Path folder;
  private final List<String> damage = new ArrayList<>();

  private Path file() {
    return folder.resolve("guard.settings");
  }

  private SettingsStore store() {
    return new SettingsStore(
        file(), (setAside, reason) -> damage.add(setAside.getFileName() + ": " + reason));
  }

  private void save(GuardSettings settings) throws IOException {
    SettingsStore store = store();
    store.load(CONFIGURED);
    store.save(settings);
  }

  @Test
  void withoutAFileTheConfigurationHolds() {
    assertThat(store().load(CONFIGURED)).isEqualTo(CONFIGURED);
    assertThat(damage).isEmpty();
  }

  @Test
  void whatWasSavedComesBack() throws IOException {
    save(CHANGED);
    assertThat(store().load(CONFIGURED)).isEqualTo(CHANGED);
    save(CONFIGURED);
    assertThat(store().load(CONFIGURED)).isEqualTo(CONFIGURED);
    assertThat(damage).isEmpty();
    assertThat(folder).isDirectoryContaining("glob:**guard.settings");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void ofACommandAndAChangedConfigurationTheLaterWins() throws IOException {
    save(CHANGED);
    GuardSettings edited =
        CONFIGURED
            .withSelection(GuardMode.AWAY, Set.of("siren"))
            .withSensitivity("dog_bark", 60)
            .withSensitivity("baby_cry", 70);
    GuardSettings loaded = store().load(edited);
    assertThat(loaded.choice()).isEqualTo(CHANGED.choice());
    assertThat(loaded.selection().get(GuardMode.HOME)).isEmpty();
    assertThat(loaded.selection().get(GuardMode.AWAY)).containsExactly("siren");
    assertThat(loaded.sensitivityOf("dog_bark")).isEqualTo(60);
    assertThat(loaded.sensitivityOf("baby_cry")).isEqualTo(70);
    assertThat(loaded.sensitivityOf("siren")).isEqualTo(100);
  }

  @Test
  void aReloadedConfigurationWinsWhereItChanged() {
    SettingsStore store = store();
    store.load(CONFIGURED);
    GuardSettings edited = CONFIGURED.withSensitivity("siren", 20);
    GuardSettings reloaded = store.reconfigure(CHANGED, edited);
    assertThat(reloaded.sensitivityOf("siren")).isEqualTo(20);
    assertThat(reloaded.sensitivityOf("dog_bark")).isEqualTo(30);
    // and what the configuration no longer says is no longer so
    assertThat(store.reconfigure(reloaded, CONFIGURED).sensitivityOf("siren")).isEqualTo(50);
  }

  @Test
  void aFileCutAtAnyByteIsSetAsideAndTold() throws IOException {
    save(CHANGED);
    byte[] whole = Files.readAllBytes(file());
    for (int length = 0; length < whole.length; length++) {
      Files.write(file(), Arrays.copyOf(whole, length));
      damage.clear();
      assertThat(store().load(CONFIGURED)).as("first %d bytes", length).isEqualTo(CONFIGURED);
      assertThat(damage).hasSize(1);
      assertThat(damage.get(0)).startsWith("guard.settings.damaged: ");
      assertThat(file()).doesNotExist();
      assertThat(folder.resolve("guard.settings.damaged")).hasSize(length);
    }
  }

  @Test
  void aPowerCutAtAnyByteOfTheWritingLeavesTheOldSettings() throws IOException {
    save(CHANGED);
    byte[] whole = Files.readAllBytes(file());
    for (int length = 0; length <= whole.length; length++) {
      Files.write(folder.resolve("guard.settings.new"), Arrays.copyOf(whole, length));
      assertThat(store().load(CONFIGURED)).isEqualTo(CHANGED);
    }
    save(CONFIGURED); // over what was left
    assertThat(store().load(CONFIGURED)).isEqualTo(CONFIGURED);
    assertThat(damage).isEmpty();
  }

  @Test
  void everyFlippedBitIsNoticed() throws IOException {
    save(CHANGED);
    byte[] whole = Files.readAllBytes(file());
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) (1 << (at % 8));
      Files.write(file(), damaged);
      assertThat(store().load(CONFIGURED)).as("byte %d", at).isEqualTo(CONFIGURED);
    }
    assertThat(damage).hasSize(whole.length);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mode=night | mode=noon | no mode 'noon'",
        "since=2026 | since=yesterday, 2026 | time 'yesterday",
        "before=home | after=home | without before",
        "select.away=glass_break | select.away=../glass | event '../glass'",
        "sensitivity.siren=100 | sensitivity.siren=101 | sensitivity of siren is 101",
        "sensitivity.siren=100 | sensitivity.siren=loud | loud",
        "settings 1 | settings 2 | of another version"
      })
  void nonsenseWithARightChecksumIsSetAside(String what, String with, String reason)
      throws IOException {
    save(CHANGED);
    String text = Files.readString(file());
    String body = text.substring(0, text.indexOf("sha256=")).replaceFirst(what, with);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    Files.writeString(file(), body + "sha256=" + SettingsText.sha256(bytes, bytes.length) + "\n");
    assertThat(store().load(CONFIGURED)).isEqualTo(CONFIGURED);
    assertThat(damage).hasSize(1);
    assertThat(damage.get(0)).contains(reason);
  }

  @Test
  void namesOfALaterVersionAreSkipped() throws IOException {
    save(CHANGED);
    String text = Files.readString(file());
    String body = text.substring(0, text.indexOf("sha256=")) + "volume=3\nnot a pair\n";
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    Files.writeString(file(), body + "sha256=" + SettingsText.sha256(bytes, bytes.length) + "\n");
    assertThat(store().load(CONFIGURED)).isEqualTo(CHANGED);
  }

  @Test
  void noBytesMakeItFail() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      byte[] bytes = new byte[random.nextInt(2_000)];
      random.nextBytes(bytes);
      Files.write(file(), bytes);
      assertThat(store().load(CONFIGURED)).as("seed %d", seed).isEqualTo(CONFIGURED);
    }
    Files.write(file(), new byte[1 << 20]);
    assertThat(store().load(CONFIGURED)).isEqualTo(CONFIGURED);
    assertThat(damage).hasSize(301).last().asString().contains("longer than 262144 bytes");
  }

  @Test
  void aFolderInPlaceOfTheFileIsToldAndDoesNotStopTheDevice() throws IOException {
    Files.createDirectory(file());
    assertThat(store().load(CONFIGURED)).isEqualTo(CONFIGURED);
    assertThat(damage).hasSize(1);
  }

  @Test
  void aFolderThatIsGoneIsAnErrorThatLeavesTheOldSettings() throws IOException {
    Path gone = folder.resolve("gone");
    SettingsStore store = new SettingsStore(gone.resolve("guard.settings"), (file, reason) -> {});
    store.load(CONFIGURED);
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> store.save(CHANGED));
  }

  @Test
  void refusesToSaveBeforeItHasLoaded() {
    assertThatIllegalStateException().isThrownBy(() -> store().save(CHANGED));
  }
}
