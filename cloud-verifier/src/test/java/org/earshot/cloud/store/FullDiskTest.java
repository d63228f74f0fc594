package org.earshot.cloud.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.earshot.cloud.store.Samples.NOW;
import static org.earshot.cloud.store.Samples.key;
import static org.earshot.cloud.store.Samples.opened;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.earshot.event.EventId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a file system of 2 MiB, which only root may mount. */
class FullDiskTest {
  private static final int CLIP_BYTES = 100_000;

  @TempDir Path folder;
  private Path small;
  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    small = Files.createDirectory(folder.resolve("small"));
    mounted = run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", small.toString());
    assumeTrue(mounted, "root may mount a tmpfs");
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      run("umount", "--lazy", small.toString());
    }
  }

  private static boolean run(String... command) throws Exception {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void historySaysSoLosesNothingAndGoesOnWhenThereIsRoom() throws IOException {
    Path ballast = Files.write(small.resolve("ballast"), new byte[1_000_000]);
    DatabaseSettings settings = DatabaseSettings.sqlite(small.resolve("history.db"));
    List<EventId> acknowledged = new ArrayList<>();
    EventId refused;
    try (Database database = Database.open(settings)) {
      History history = new JdbiHistory(database, List.of(), Set.of());
      refused = fill(history, acknowledged);
      assertThat(acknowledged).isNotEmpty();
      assertThat(history.find(key(refused))).isEmpty();
      Files.delete(ballast);
      assertThat(history.receive(opened(refused, "siren"), NOW, NOW)).isEqualTo(Received.STORED);
    }
    try (Database database = Database.open(settings)) {
      History history = new JdbiHistory(database, List.of(), Set.of());
      acknowledged.add(refused);
      assertThat(acknowledged).allMatch(id -> history.find(key(id)).isPresent());
    }
  }

  /** Returns the event that found no room. */
  private static EventId fill(History history, List<EventId> acknowledged) {
    while (true) {
      EventId id = Samples.id();
      try {
        history.receive(opened(id, "siren"), NOW, NOW);
        acknowledged.add(id);
      } catch (StoreException e) {
        assertThat(e).hasMessageContaining("disk").hasMessageContaining("full");
        return id;
      }
    }
  }

  @Test
  void clipFolderSaysSoAndKeepsWhatItHas() throws IOException {
    ClipStore clips = new FolderClipStore(small.resolve("clips"));
    List<EventKey> kept = new ArrayList<>();
    EventKey next = key(Samples.id());
    for (int i = 0; i < 15; i++) {
      clips.put(next, new byte[CLIP_BYTES]);
      kept.add(next);
      next = key(Samples.id());
    }
    EventKey refused = next;
    assertThatThrownBy(() -> clips.put(refused, new byte[10 * CLIP_BYTES]))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is the disk full?");
    assertThatThrownBy(() -> clips.put(kept.get(0), new byte[10 * CLIP_BYTES]))
        .isInstanceOf(StoreException.class);
    assertThat(clips.list(null, 100)).containsExactlyElementsOf(kept);
    assertThat(clips.get(kept.get(0)).orElseThrow()).hasSize(CLIP_BYTES);
    try (Stream<Path> parts = Files.list(small.resolve("clips/.parts"))) {
      assertThat(parts).isEmpty();
    }
    clips.put(refused, new byte[CLIP_BYTES]); // there is room for that
  }
}
