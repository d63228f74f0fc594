package org.earshot.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earshot.outbox.Priority.NORMAL;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.earshot.event.EventId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One file is damaged in every way of a kind; the others must not suffer. */
class OutboxDamageTest {
  @TempDir private Path scratch;
  private Path folder;
  private Path newest;
  private byte[] whole;
  private List<EventId> others;

  @BeforeEach
  void fill() throws IOException {
    folder = scratch.resolve("outbox");
    Items items = new Items(7);
    try (Outbox outbox = Items.open(folder, new Losses())) {
      OutboxItem first = items.event(NORMAL);
      OutboxItem second = items.event(NORMAL);
      outbox.put(first);
      outbox.put(second);
      outbox.put(items.item(items.id(), ItemKind.EVENT, NORMAL, 60));
      others = List.of(first.id(), second.id());
    }
    newest = folder.resolve(ItemFile.name(3));
    whole = Files.readAllBytes(newest);
  }

  @Test
  void cutAtEveryByte() throws IOException {
    for (int length = 0; length < whole.length; length++) {
      expectSetAside(Arrays.copyOf(whole, length), "cut to " + length);
    }
  }

  @Test
  void changedAtEveryByte() throws IOException {
    for (int i = 0; i < whole.length; i++) {
      byte[] changed = whole.clone();
      changed[i] ^= (byte) (1 << (i % 8));
      expectSetAside(changed, "byte " + i);
    }
  }

  @Test
  void zeroedFromEveryByte() throws IOException { // what some file systems leave after a power cut
    for (int i = 0; i < whole.length - 1; i++) {
      byte[] zeroed = whole.clone();
      Arrays.fill(zeroed, i, zeroed.length, (byte) 0);
      expectSetAside(zeroed, "zero from " + i);
    }
  }

  @Test
  void longerThanItWas() throws IOException {
    expectSetAside(Arrays.copyOf(whole, whole.length + 1), "longer");
  }

  @Test
  void underAnotherName() throws IOException {
    Files.move(newest, folder.resolve(ItemFile.name(9)));
    Losses losses = new Losses();
    try (Outbox outbox = Items.open(folder, losses)) {
      assertThat(outbox.depth()).isEqualTo(2);
    }
    assertThat(losses.damaged).singleElement().asString().contains("sequence", ItemFile.name(9));
  }

  @Test
  void whatIsNotAnItemIsLeftAlone() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "mine");
    Files.createDirectory(folder.resolve("sub"));
    Files.writeString(folder.resolve("0000000000000009.item.tmp"), "half");
    Losses losses = new Losses();
    try (Outbox outbox = Items.open(folder, losses)) {
      assertThat(outbox.depth()).isEqualTo(3);
    }
    assertThat(losses.damaged).isEmpty();
    assertThat(folder.resolve("notes.txt")).exists();
    assertThat(folder.resolve("0000000000000009.item.tmp")).doesNotExist();
  }

  private void expectSetAside(byte[] damaged, String how) throws IOException {
    Files.write(newest, damaged);
    Losses losses = new Losses();
    try (Outbox outbox = Items.open(folder, losses)) {
      assertThat(outbox.depth()).as(how).isEqualTo(2);
      assertThat(Items.ids(List.of(outbox.next().orElseThrow()))).containsExactly(others.get(0));
    }
    assertThat(losses.damaged)
        .as(how)
        .singleElement()
        .asString()
        .startsWith(newest.getFileName() + ": ")
        .contains("(byte ");
    assertThat(newest).as(how).doesNotExist();
    assertThat(folder.resolve(Aside.FOLDER).resolve(newest.getFileName()))
        .as(how)
        .hasBinaryContent(damaged);
    Files.delete(folder.resolve(Aside.FOLDER).resolve(newest.getFileName()));
  }
}
