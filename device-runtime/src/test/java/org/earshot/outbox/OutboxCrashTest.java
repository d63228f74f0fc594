package org.earshot.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process is killed while it puts and acknowledges. */
class OutboxCrashTest {
  private static final long SEED = 1_913;
  private static final int KILLS = 20;

  @TempDir private Path scratch;

  @Test
  void everyIdThatWasPrintedIsThereOnceAndInOrder() throws Exception {
    Random random = new Random(SEED);
    Path folder = scratch.resolve("outbox");
    Set<String> waiting = new LinkedHashSet<>();
    int printed = 0;
    int unprinted = 0;
    int damaged = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Set<String> acknowledged = new LinkedHashSet<>();
      printed += runAndKill(folder, SEED + kill, random.nextInt(60), waiting, acknowledged);
      Losses losses = new Losses();
      try (Outbox outbox = Outbox.open(folder, OutboxLimits.bytes(1L << 30), losses)) {
        List<String> ids = Items.ids(Items.drain(outbox)).stream().map(id -> id.text()).toList();
        String how = "seed " + SEED + ", kill " + kill;
        assertThat(ids).as(how).containsAll(waiting).doesNotHaveDuplicates().isSorted();
        int extra = ids.size() - waiting.size();
        assertThat(extra).as(how + ": put was on disk and not yet printed").isBetween(0, 2);
        unprinted += extra;
      }
      damaged += losses.damaged.size();
      waiting.clear();
    }
    assertThat(printed).isPositive();
    assertThat(damaged).isZero();
    System.out.printf(
        "%d kills: %d ids printed, %d more on disk, 0 lost, 0 twice%n", KILLS, printed, unprinted);
  }

  /** Returns how many ids were printed; leaves in {@code waiting} those that must be there. */
  private int runAndKill(
      Path folder, long seed, int lines, Set<String> waiting, Set<String> acknowledged)
      throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                OutboxChild.class.getName(),
                folder.toString(),
                Long.toString(seed))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int count = 0;
    try (BufferedReader out = child.inputReader(StandardCharsets.US_ASCII)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith("-")) {
          acknowledged.add(line.substring(1));
        } else if (line.length() == 26) { // else the kill cut the line
          waiting.add(line);
          count++;
        }
        if (count >= lines && child.isAlive()) {
          child.toHandle().destroyForcibly(); // SIGKILL; keeps the pipe, so that all is read
        }
      }
    } finally {
      child.destroyForcibly();
      child.waitFor();
    }
    waiting.removeAll(acknowledged);
    return count;
  }
}
