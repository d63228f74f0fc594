package org.earshot.cloud.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderClipStoreTest extends ClipStoreContract {
  @TempDir Path folder;

  @Override
  ClipStore empty() {
    return new FolderClipStore(folder.resolve("clips"));
  }

  @Test
  void clipsAreForTheirOwnerOnlyAndNoPartIsLeft() throws IOException {
    EventKey key = Samples.key(Samples.id());
    empty().put(key, new byte[10]);
    Path site = folder.resolve("clips/home");
    assertThat(Files.getPosixFilePermissions(site))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    assertThat(Files.getPosixFilePermissions(site.resolve(key.id() + ".flac")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    try (Stream<Path> parts = Files.list(folder.resolve("clips/.parts"))) {
      assertThat(parts).isEmpty();
    }
  }

  @Test
  void deletionTakesWhatADeadWriterLeft() throws IOException {
    ClipStore store = empty();
    EventKey key = Samples.key(Samples.id());
    Path part = folder.resolve("clips/.parts/home." + key.id() + ".1");
    Files.write(part, new byte[10]);
    store.delete(key);
    assertThat(part).doesNotExist();
  }

  @Test
  void strangersInTheFolderAreNoClips() throws IOException {
    ClipStore store = empty();
    Files.createDirectories(folder.resolve("clips/home"));
    Files.write(folder.resolve("clips/home/notes.txt"), new byte[1]);
    Files.write(folder.resolve("clips/home/lower-case-name-of-26-chars.flac"), new byte[1]);
    Files.write(folder.resolve("clips/README"), new byte[1]);
    assertThat(store.list(null, 10)).isEmpty();
  }

  @Test
  void folderThatIsAFileIsNamed() throws IOException {
    Path file = Files.write(folder.resolve("clips"), new byte[1]);
    assertThatThrownBy(() -> new FolderClipStore(file))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(file.toString());
  }
}
