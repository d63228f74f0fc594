package org.earshot.cloud.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earshot.cloud.store.Samples.LIFE_SAFETY;
import static org.earshot.cloud.store.Samples.NOW;
import static org.earshot.cloud.store.Samples.key;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.earshot.event.EventId;
import org.earshot.event.EventMessage;
import org.earshot.event.Phase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeletionTest {
  private static final String MARK = "a microphone that nobody else has";

  @TempDir Path folder;
  private final List<String> told = new ArrayList<>();
  private boolean brokerIsThere = true;
  private Database database;
  private JdbiHistory history;
  private FolderClipStore clips;
  private Deletion deletion;

  @AfterEach
  void close() {
    if (database != null) {
      database.close();
    }
  }

  private void open(Databases kind) {
    open(kind.fresh(folder));
  }

  private void open(DatabaseSettings settings) {
    database = Database.open(settings);
    history = new JdbiHistory(database, List.of(), LIFE_SAFETY);
    clips = new FolderClipStore(folder.resolve("clips"));
    deletion = new Deletion(database, history, clips, this::recall);
  }

  private boolean recall(String site, String device, EventId id) {
    if (!brokerIsThere) {
      throw new IllegalStateException("no broker");
    }
    told.add(site + " " + device + " " + id);
    return true;
  }

  private EventKey stored() {
    EventId id = Samples.id();
    EventMessage message =
        new EventMessage(
            id,
            "siren",
            Phase.OPENED,
            NOW,
            NOW,
            null,
            0.9,
            MARK,
            "away",
            50,
            true,
            0,
            "home",
            "hall",
            "2026.1");
    history.receive(message, NOW, NOW.plusSeconds(9));
    clips.put(key(id), MARK.getBytes(StandardCharsets.UTF_8));
    history.receive(Samples.clip(key(id)));
    return key(id);
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void rowAndSoundGoAndTheDeviceIsTold(Databases kind) {
    open(kind);
    EventKey key = stored();
    EventKey other = stored();
    assertThat(deletion.delete(key, "anna", "by hand", NOW)).isEqualTo(Deleted.COMPLETE);
    assertThat(deletion.delete(key, "anna", "by hand", NOW)).isEqualTo(Deleted.ABSENT);
    assertThat(history.find(key)).isEmpty();
    assertThat(clips.list(null, 10)).containsExactly(other);
    assertThat(told).containsExactly("home hall " + key.id());
    assertThat(deletion.pending()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void deviceThatCouldNotBeToldIsToldLaterOnce(Databases kind) {
    open(kind);
    EventKey key = stored();
    brokerIsThere = false;
    assertThat(deletion.delete(key, "anna", "by hand", NOW)).isEqualTo(Deleted.PENDING);
    assertThat(history.find(key)).isEmpty();
    assertThat(clips.get(key)).isEmpty();
    assertThat(deletion.resend(NOW.plusSeconds(9))).isZero(); // not due
    assertThat(deletion.resend(NOW.plusSeconds(10))).isZero(); // still no broker
    brokerIsThere = true;
    assertThat(deletion.resend(NOW.plusSeconds(29))).isZero(); // twice the wait
    assertThat(deletion.resend(NOW.plusSeconds(30))).isEqualTo(1);
    assertThat(deletion.resend(NOW.plusSeconds(99))).isZero();
    assertThat(told).containsExactly("home hall " + key.id());
    assertThat(deletion.pending()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void crashAfterTheRowWentIsMadeUpFor(Databases kind) {
    open(kind);
    EventKey key = stored();
    history.delete(key, "anna", "by hand", NOW); // and here the process died
    assertThat(clips.get(key)).isPresent();
    assertThat(deletion.pending()).isEqualTo(1);
    assertThat(deletion.resend(NOW.plus(Duration.ofMinutes(2)))).isEqualTo(1);
    assertThat(clips.get(key)).isEmpty();
    assertThat(told).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void soundOfADeletedEventIsSweptAtOnceAndOtherSoundAfterAGrace(Databases kind) {
    open(kind);
    EventKey deleted = stored();
    deletion.delete(deleted, "anna", "by hand", NOW);
    clips.put(deleted, new byte[1]); // a late clip whose taker died before it deleted it
    EventKey orphan = key(Samples.id());
    clips.put(orphan, new byte[1]);
    EventKey kept = stored();
    Orphans orphans = new Orphans(database, clips, Duration.ofHours(1));
    assertThat(orphans.sweep(NOW)).isEqualTo(1);
    assertThat(clips.get(deleted)).isEmpty();
    assertThat(orphans.sweep(NOW.plusSeconds(3599))).isZero();
    assertThat(clips.get(orphan)).isPresent();
    assertThat(orphans.sweep(NOW.plusSeconds(3600))).isEqualTo(1);
    assertThat(clips.list(null, 10)).containsExactly(kept);
  }

  @Test
  void noByteOfTheRowIsLeftInFileOrLog() throws IOException {
    open(Databases.SQLITE);
    List<EventKey> keys = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      keys.add(stored());
    }
    assertThat(filesThatHold(MARK)).isNotEmpty();
    keys.forEach(key -> deletion.delete(key, "anna", "by hand", NOW));
    database.checkpoint();
    assertThat(filesThatHold(MARK)).isEmpty();
    assertThat(filesThatHold(keys.get(0).id().text())).isNotEmpty(); // the tombstone
  }

  private List<Path> filesThatHold(String text) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        if (bytes.contains(text)) {
          found.add(file);
        }
      }
    }
    return found;
  }
}
