package org.earshot.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClipTagsTest {
  @TempDir Path folder;

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    ClipTags tags =
        ClipTags.of(
            Map.of(
                "b/2.flac", Map.of("Vehicle horn, car horn, honking", 0.987f, "Bark", 1f),
                "a/1.flac", Map.of("Bark", 0.104f),
                "c/3.flac", Map.of()));
    Path file = folder.resolve("tags.tsv");
    tags.write(file);
    assertThat(Files.readAllLines(file))
        .containsExactly(
            "a/1.flac\tBark:0.10",
            "b/2.flac\tBark:1.00\tVehicle horn, car horn, honking:0.99",
            "c/3.flac");
    ClipTags again = ClipTags.read(file);
    assertThat(again.paths()).containsExactly("a/1.flac", "b/2.flac", "c/3.flac");
    assertThat(again.of("b/2.flac")).containsEntry("Vehicle horn, car horn, honking", 0.99f);
    assertThat(again.of("c/3.flac")).isEmpty();
    assertThat(again.of("d/4.flac")).isNull();
    assertThat(again.sha256()).isEqualTo(tags.sha256()).hasSize(64);
  }

  @Test
  void otherScoresHaveAnotherChecksum() {
    ClipTags tags = ClipTags.of(Map.of("a", Map.of("Bark", 0.5f)));
    ClipTags others = ClipTags.of(Map.of("a", Map.of("Bark", 0.6f)));
    assertThat(others.sha256()).isNotEqualTo(tags.sha256());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a\tBark", "a\tBark:x", "a\tBark:1.5", "a\t:0.5", "\tBark:0.5", "a\na", "a\t"})
  void refusesWhatIsNoRowOfTags(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("tags.tsv"), "z\tBark:0.5\n" + text + "\n");
    assertThatThrownBy(() -> ClipTags.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + ": line ");
  }
}
