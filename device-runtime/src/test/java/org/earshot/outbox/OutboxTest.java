package org.earshot.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.earshot.outbox.ItemKind.CLIP;
import static org.earshot.outbox.ItemKind.EVENT;
import static org.earshot.outbox.Priority.LIFE_SAFETY;
import static org.earshot.outbox.Priority.NORMAL;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.earshot.event.EventId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
  @TempDir private Path folder;
  private final Losses losses = new Losses();
  private final Items items = new Items(1);

  @Test
  void sendsLifeSafetyMessagesThenMessagesThenTheirClips() throws IOException {
    OutboxItem clip = items.clip(NORMAL, 9000);
    OutboxItem first = items.event(NORMAL);
    OutboxItem smokeClip = items.clip(LIFE_SAFETY, 9000);
    OutboxItem second = items.event(NORMAL);
    OutboxItem smoke = items.event(LIFE_SAFETY);
    try (Outbox outbox = Items.open(folder, losses)) {
      for (OutboxItem item : List.of(clip, first, smokeClip, second, smoke)) {
        outbox.put(item);
      }
      assertThat(Items.ids(Items.drain(outbox)))
          .containsExactly(smoke.id(), first.id(), second.id(), smokeClip.id(), clip.id());
      assertThat(outbox.depth()).isZero();
      assertThat(outbox.bytes()).isZero();
    }
    assertThat(folder).isDirectoryNotContaining("glob:**.item");
  }

  @Test
  void messagesOfOneEventStayInOrderEvenWhenTheFirstIsRefused() throws IOException {
    EventId id = items.id();
    try (Outbox outbox = Items.open(folder, losses)) {
      outbox.put(items.item(id, CLIP, NORMAL, 10));
      outbox.put(items.item(id, EVENT, NORMAL, 10));
      outbox.put(items.item(id, EVENT, NORMAL, 11));
      OutboxItem other = items.event(NORMAL);
      outbox.put(other);
      OutboxEntry opened = outbox.next().orElseThrow();
      assertThat(opened.payloadBytes()).isEqualTo(10);
      assertThat(outbox.next(entry -> !entry.equals(opened)).orElseThrow().id())
          .isEqualTo(other.id());
      outbox.acknowledge(opened);
      OutboxEntry ended = outbox.next().orElseThrow();
      assertThat(ended.payloadBytes()).isEqualTo(11);
      assertThat(outbox.next(entry -> entry.kind() == CLIP)).isEmpty();
      outbox.acknowledge(ended);
      assertThat(outbox.next(entry -> entry.kind() == CLIP)).isPresent();
    }
  }

  @Test
  void everythingIsThereAfterReopening() throws IOException {
    Map<EventId, byte[]> payloads = new HashMap<>();
    try (Outbox outbox = Items.open(folder, losses)) {
      for (int i = 0; i < 50; i++) {
        OutboxItem item = items.clip(i % 3 == 0 ? LIFE_SAFETY : NORMAL, 137 * i);
        outbox.put(item);
        payloads.put(item.id(), item.payload());
      }
      outbox.acknowledge(outbox.next().orElseThrow()); // the first life-safety clip
    }
    try (Outbox outbox = Items.open(folder, losses)) {
      assertThat(outbox.depth()).isEqualTo(49);
      long last = 0;
      for (var next = outbox.next(); next.isPresent(); next = outbox.next()) {
        OutboxEntry entry = next.get();
        assertThat(outbox.payload(entry).orElseThrow()).isEqualTo(payloads.get(entry.id()));
        outbox.acknowledge(entry);
        last = Math.max(last, entry.sequence());
      }
      outbox.put(items.event(NORMAL));
      assertThat(outbox.next().orElseThrow().sequence()).isGreaterThan(last);
    }
    assertThat(losses.damaged).isEmpty();
  }

  @Test
  void acknowledgingTwiceIsHarmless() throws IOException {
    try (Outbox outbox = Items.open(folder, losses)) {
      outbox.put(items.event(NORMAL));
      OutboxEntry entry = outbox.next().orElseThrow();
      outbox.acknowledge(entry);
      outbox.acknowledge(entry);
      assertThat(outbox.bytes()).isZero();
      assertThat(outbox.payload(entry)).isEmpty();
    }
  }

  @Test
  void aFolderInUseIsRefused() throws IOException {
    try (Outbox first = Items.open(folder, losses)) {
      assertThatThrownBy(() -> Items.open(folder, losses)).hasMessageContaining("is in use");
      first.put(items.event(NORMAL));
    }
    try (Outbox again = Items.open(folder, losses)) {
      assertThat(again.depth()).isEqualTo(1);
    }
  }

  @Test
  void theOldestClipGoesFirstThenLifeSafetyClipsThenMessages() throws IOException {
    OutboxLimits limits = new OutboxLimits(6 * OutboxLimits.BLOCK_BYTES, 100);
    List<OutboxItem> put = new ArrayList<>();
    try (Outbox outbox = Outbox.open(folder, limits, losses)) {
      put.add(items.event(NORMAL));
      put.add(items.clip(LIFE_SAFETY, 100));
      put.add(items.clip(NORMAL, 100));
      put.add(items.event(LIFE_SAFETY));
      put.add(items.clip(NORMAL, 100));
      put.add(items.event(NORMAL));
      for (int i = 0; i < 6; i++) {
        put.add(items.event(LIFE_SAFETY));
      }
      for (OutboxItem item : put) {
        outbox.put(item);
        assertThat(outbox.bytes()).isLessThanOrEqualTo(limits.maxBytes());
      }
      int[] wanted = {2, 4, 1, 0, 5, 3};
      assertThat(Items.ids(losses.dropped))
          .isEqualTo(Arrays.stream(wanted).mapToObj(i -> put.get(i).id()).toList());
      assertThat(outbox.droppedItems()).isEqualTo(6);
      assertThat(outbox.depth()).isEqualTo(6);
    }
  }

  @Test
  void aClipNeverPushesOutAMessage() throws IOException {
    OutboxLimits limits = new OutboxLimits(2 * OutboxLimits.BLOCK_BYTES, 100);
    try (Outbox outbox = Outbox.open(folder, limits, losses)) {
      outbox.put(items.event(NORMAL));
      outbox.put(items.clip(LIFE_SAFETY, 10));
      OutboxItem clip = items.clip(NORMAL, 10);
      assertThatThrownBy(() -> outbox.put(clip))
          .isInstanceOf(OutboxFullException.class)
          .hasMessageContaining("raise the outbox's budget");
      OutboxItem large = items.clip(LIFE_SAFETY, 2 * OutboxLimits.BLOCK_BYTES);
      assertThatThrownBy(() -> outbox.put(large)).isInstanceOf(OutboxFullException.class);
      assertThat(Items.ids(losses.dropped)).containsExactly(clip.id(), large.id());
      assertThat(outbox.depth()).isEqualTo(2);
    }
  }

  @Test
  void theNumberOfItemsIsBoundedToo() throws IOException {
    try (Outbox outbox = Outbox.open(folder, new OutboxLimits(1 << 20, 3), losses)) {
      for (int i = 0; i < 5; i++) {
        outbox.put(items.clip(NORMAL, 1));
      }
      assertThat(outbox.depth()).isEqualTo(3);
      assertThat(losses.dropped).hasSize(2);
    }
  }

  @Test
  void aBudgetThatWasLoweredHoldsFromOpening() throws IOException {
    try (Outbox outbox = Items.open(folder, losses)) {
      for (int i = 0; i < 8; i++) {
        outbox.put(items.clip(NORMAL, 5000));
      }
    }
    OutboxLimits limits = OutboxLimits.bytes(6 * OutboxLimits.BLOCK_BYTES);
    try (Outbox outbox = Outbox.open(folder, limits, losses)) {
      assertThat(outbox.depth()).isEqualTo(3);
      assertThat(losses.dropped).hasSize(5);
    }
  }

  @Test
  void whatIsSetAsideIsToldAndKeptWithinABudget() throws IOException {
    OutboxLimits limits = OutboxLimits.bytes(64 * OutboxLimits.BLOCK_BYTES);
    try (Outbox outbox = Outbox.open(folder, limits, losses)) {
      for (int i = 0; i < 20; i++) {
        outbox.put(items.event(NORMAL));
        outbox.setAside(outbox.next().orElseThrow(), "the broker refused it");
      }
      assertThat(outbox.depth()).isZero();
      assertThat(outbox.itemsSetAside()).isEqualTo(20);
    }
    assertThat(losses.setAside).hasSize(20);
    assertThat(folder.resolve(Aside.FOLDER).toFile().list()).hasSize(8);
    try (Outbox outbox = Outbox.open(folder, limits, losses)) {
      outbox.put(items.event(NORMAL));
      assertThat(outbox.next().orElseThrow().sequence()).isEqualTo(21);
    }
  }

  @Test
  void aPayloadThatRotsAfterOpeningIsSetAside() throws IOException {
    try (Outbox outbox = Items.open(folder, losses)) {
      outbox.put(items.event(NORMAL));
      OutboxEntry entry = outbox.next().orElseThrow();
      Path file = folder.resolve(ItemFile.name(entry.sequence()));
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length - 1] ^= 1;
      Files.write(file, bytes);
      assertThat(outbox.payload(entry)).isEmpty();
      assertThat(outbox.depth()).isZero();
      assertThat(losses.setAside).containsExactly(entry);
    }
  }

  @Test
  void anInterruptedThreadStoresItsEvent() throws IOException {
    try (Outbox outbox = Items.open(folder, losses)) {
      Thread.currentThread().interrupt();
      outbox.put(items.event(LIFE_SAFETY));
      OutboxEntry entry = outbox.next().orElseThrow();
      assertThat(outbox.payload(entry)).isPresent();
      assertThat(Thread.interrupted()).as("still interrupted").isTrue();
    }
    assertThat(losses.setAside).isEmpty();
  }

  @Test
  void manyThreadsPutAtOnce() throws Exception {
    AtomicInteger added = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (Outbox outbox = Items.open(folder, losses)) {
      outbox.whenAdded(added::incrementAndGet);
      List<Future<?>> puts = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        Items own = new Items(100 + thread);
        puts.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 25; i++) {
                    outbox.put(own.event(NORMAL));
                  }
                  return null;
                }));
      }
      for (Future<?> put : puts) {
        put.get();
      }
      List<OutboxEntry> drained = Items.drain(outbox);
      assertThat(drained).hasSize(100);
      assertThat(drained.stream().map(OutboxEntry::sequence).toList()).isSorted();
      assertThat(added).hasValue(100);
      assertThat(outbox.bytes()).isZero();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aClosedOutboxTakesNothing() throws IOException {
    Outbox outbox = Items.open(folder, losses);
    outbox.close();
    assertThatThrownBy(() -> outbox.put(items.event(NORMAL))).hasMessageContaining("is closed");
  }
}
