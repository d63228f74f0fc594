package org.earshot.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The list of sounds that {@code scripts/collect-sounds} takes, and the script without a target.
 */
class CollectSoundsTest {
  private static final Path SCRIPT = Checkout.LAUNCHER.resolveSibling("collect-sounds");
  private static final Path LIST = Checkout.LAUNCHER.resolveSibling("collect-sounds.tsv");

  @Test
  void everyRowOfTheListIsWholeAndTakenOnce() throws Exception {
    List<String> rows =
        Files.readAllLines(LIST).stream().filter(line -> !line.startsWith("#")).toList();
    assertThat(rows).hasSizeGreaterThan(1_000).isSorted();
    Set<String> sums = new HashSet<>();
    Set<String> files = new HashSet<>();
    for (String row : rows) {
      String[] cells = row.split("\t", -1);
      assertThat(cells).as(row).hasSize(6);
      assertThat(cells[0]).matches("[a-z0-9.+-]+");
      assertThat(cells[1]).doesNotStartWith("/").doesNotContain("..").matches("\\p{ASCII}+");
      assertThat(cells[2]).matches("[a-z_]+");
      assertThat(Integer.parseInt(cells[3])).isNotNegative();
      assertThat(Integer.parseInt(cells[4])).isBetween(1, 60);
      assertThat(cells[5]).matches("[0-9a-f]{16}");
      assertThat(sums.add(cells[5])).as("same sound twice: " + row).isTrue();
      String name = cells[0] + ' ' + cells[1].replaceAll("[^A-Za-z0-9._]", "_") + ' ' + cells[2];
      assertThat(files.add(name)).as("two sounds in one file: " + row).isTrue();
    }
  }

  @Test
  void withoutAFolderItSaysHowItIsUsed(@TempDir Path folder) throws Exception {
    ChildProcess process = ChildProcess.run(folder, new ProcessBuilder("bash", SCRIPT.toString()));
    assertThat(process.code()).isEqualTo(2);
    assertThat(process.out()).startsWith("Usage: scripts/collect-sounds DIR");
  }
}
