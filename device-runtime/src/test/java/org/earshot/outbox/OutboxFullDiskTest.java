package org.earshot.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.earshot.outbox.Priority.LIFE_SAFETY;
import static org.earshot.outbox.Priority.NORMAL;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboxFullDiskTest {
  @TempDir private Path scratch;
  private final Losses losses = new Losses();
  private final Items items = new Items(2);

  @Test
  void aFullDiskCostsTheOldestClipFirst() throws IOException {
    Path folder = Files.createDirectory(scratch.resolve("outbox"));
    FaultyDisk disk = new FaultyDisk(folder);
    try (Outbox outbox = Outbox.open(folder, Items.AMPLE, losses, disk)) {
      OutboxItem kept = items.event(NORMAL);
      OutboxItem smokeClip = items.clip(LIFE_SAFETY, 2000);
      OutboxItem first = items.clip(NORMAL, 2000);
      OutboxItem second = items.clip(NORMAL, 2000);
      for (OutboxItem item : List.of(kept, smokeClip, first, second)) {
        outbox.put(item);
      }
      disk.capacityBytes = disk.usedBytes();
      OutboxItem smoke = items.event(LIFE_SAFETY);
      outbox.put(smoke);
      assertThat(Items.ids(losses.dropped)).containsExactly(first.id());
      assertThat(losses.reasons).containsExactly("the disk is full");
      outbox.put(items.item(items.id(), ItemKind.EVENT, NORMAL, 4000));
      assertThat(Items.ids(losses.dropped))
          .containsExactly(first.id(), second.id(), smokeClip.id());
      OutboxItem late = items.clip(NORMAL, 4000);
      assertThatThrownBy(() -> outbox.put(late)).isInstanceOf(OutboxFullException.class);
      assertThat(losses.dropped).last().extracting(OutboxEntry::id).isEqualTo(late.id());
      disk.capacityBytes = Long.MAX_VALUE;
      outbox.put(items.clip(NORMAL, 4000));
      assertThat(outbox.depth()).isEqualTo(4);
    }
    try (Outbox outbox = Outbox.open(folder, Items.AMPLE, losses, disk)) {
      assertThat(outbox.depth()).isEqualTo(4);
      assertThat(losses.damaged).isEmpty();
    }
  }

  @Test
  void shortWritesAreCarriedOn() throws IOException {
    FaultyDisk disk = new FaultyDisk(scratch);
    disk.largestWriteBytes = 7;
    OutboxItem item = items.clip(NORMAL, 1001);
    try (Outbox outbox = Outbox.open(scratch, Items.AMPLE, losses, disk)) {
      outbox.put(item);
    }
    try (Outbox outbox = Items.open(scratch, losses)) {
      assertThat(outbox.payload(outbox.next().orElseThrow())).hasValue(item.payload());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "write", "sync", "close", "rename", "syncFolder"})
  void anItemWhoseWritingFailsIsNotThere(String step) throws IOException {
    FaultyDisk disk = new FaultyDisk(scratch);
    try (Outbox outbox = Outbox.open(scratch, Items.AMPLE, losses, disk)) {
      outbox.put(items.event(NORMAL));
      disk.failingStep = step;
      assertThatThrownBy(() -> outbox.put(items.event(LIFE_SAFETY)))
          .hasMessageContaining("cannot be written")
          .hasMessageContaining("fault in " + step);
      disk.failingStep = "";
      assertThat(outbox.depth()).isEqualTo(1);
      assertThat(outbox.bytes()).isEqualTo(OutboxLimits.BLOCK_BYTES);
    }
    try (Outbox outbox = Items.open(scratch, losses)) {
      assertThat(outbox.depth()).isEqualTo(1);
      assertThat(losses.damaged).isEmpty();
      assertThat(losses.dropped).isEmpty();
    }
  }

  /** A file system of 256 KiB that is really full. */
  @Test
  void aRealFullDisk() throws Exception {
    Path mount = Files.createDirectory(scratch.resolve("small"));
    assumeThat(run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", mount.toString()))
        .as("root may mount a tmpfs")
        .isZero();
    try {
      fillRealDisk(mount.resolve("outbox"));
    } finally {
      run("umount", "--lazy", mount.toString());
    }
  }

  private void fillRealDisk(Path folder) throws IOException {
    List<OutboxItem> events = new ArrayList<>();
    try (Outbox outbox = Items.open(folder, losses)) {
      for (int i = 0; i < 24; i++) { // 24 messages of 4 KiB on disk, 24 clips of 20 KiB
        OutboxItem event = items.event(i % 2 == 0 ? LIFE_SAFETY : NORMAL);
        outbox.put(event);
        events.add(event);
        outbox.put(items.clip(NORMAL, 20_000));
      }
    }
    assertThat(losses.dropped).isNotEmpty().allMatch(entry -> entry.kind() == ItemKind.CLIP);
    assertThat(losses.reasons).containsOnly("the disk is full");
    Losses later = new Losses();
    try (Outbox outbox = Items.open(folder, later)) {
      assertThat(outbox.depth()).isEqualTo(48 - losses.dropped.size());
      List<OutboxEntry> drained = Items.drain(outbox);
      assertThat(Items.ids(drained))
          .containsAll(events.stream().map(OutboxItem::id).toList())
          .doesNotHaveDuplicates();
    }
    assertThat(later.damaged).isEmpty();
    System.out.printf(
        "full disk: 24 of 24 messages kept, %d of 24 clips dropped and told%n",
        losses.dropped.size());
  }

  private static int run(String... command) throws Exception {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
