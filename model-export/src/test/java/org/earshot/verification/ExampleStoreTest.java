package org.earshot.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.earshot.training.Example;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleStoreTest {
  @TempDir private Path folder;

  @Test
  void keepsExamplesAndForgetsOneThatWasCutOff() throws IOException {
    Path file = folder.resolve("clips.bin");
    Example first = new Example(new byte[] {1, -2}, new byte[] {0, 1}, new float[] {0.5f, 3});
    Example second = new Example(new byte[] {3, 4}, new byte[] {1, 1}, new float[] {0, 7});
    try (ExampleStore store = new ExampleStore(file, 2, 2)) {
      store.add(first);
      store.add(second);
      assertSame(store.get(0), first);
      assertSame(store.get(1), second);
    }
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    try (ExampleStore store = new ExampleStore(file, 2, 2)) {
      assertThat(store.count()).isEqualTo(1);
      store.add(second);
      assertThat(store.count()).isEqualTo(2);
      assertSame(store.get(1), second);
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
  }

  private static void assertSame(Example read, Example expected) {
    assertThat(read.inputs()).isEqualTo(expected.inputs());
    assertThat(read.targets()).isEqualTo(expected.targets());
    assertThat(read.weights()).isEqualTo(expected.weights());
  }
}
