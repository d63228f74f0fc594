package org.earshot.cloud.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.earshot.event.EventId;
import org.junit.jupiter.api.Test;

/** What every clip store must do. */
abstract class ClipStoreContract {
  /** A store without clips. */
  abstract ClipStore empty();

  private static EventKey key(String site, int number) {
    return new EventKey(site, new EventId("01KG8NM3F0%016d".formatted(number)));
  }

  private static byte[] sound(long seed, int bytes) {
    byte[] sound = new byte[bytes];
    new Random(seed).nextBytes(sound);
    return sound;
  }

  @Test
  void whatWasPutIsThere() {
    ClipStore store = empty();
    assertThat(store.get(key("home", 1))).isEmpty();
    store.put(key("home", 1), sound(1, 200_000));
    store.put(key("home", 2), new byte[0]);
    assertThat(store.get(key("home", 1)).orElseThrow()).isEqualTo(sound(1, 200_000));
    assertThat(store.get(key("home", 2)).orElseThrow()).isEmpty();
    assertThat(store.get(key("other", 1))).isEmpty();
  }

  @Test
  void putReplacesWhole() {
    ClipStore store = empty();
    store.put(key("home", 1), sound(1, 5000));
    store.put(key("home", 1), sound(2, 300));
    assertThat(store.get(key("home", 1)).orElseThrow()).isEqualTo(sound(2, 300));
  }

  @Test
  void whatWasDeletedIsGone() {
    ClipStore store = empty();
    store.put(key("home", 1), sound(1, 5000));
    store.put(key("other", 1), sound(1, 5000));
    store.delete(key("home", 1));
    store.delete(key("home", 1)); // nothing happens
    store.delete(key("nowhere", 1));
    assertThat(store.get(key("home", 1))).isEmpty();
    assertThat(store.list(null, 10)).containsExactly(key("other", 1));
  }

  @Test
  void listGoesOnAfterAKeyWhetherItIsThereOrNot() {
    ClipStore store = empty();
    List<EventKey> keys = new ArrayList<>();
    for (String site : List.of("Z", "a", "a-b", "ab", "a_b")) {
      for (int i = 0; i < 3; i++) {
        keys.add(key(site, i));
        store.put(key(site, i), sound(i, 10));
      }
    }
    keys.sort(ClipNames.ORDER);
    List<EventKey> listed = new ArrayList<>();
    EventKey after = null;
    for (List<EventKey> page = store.list(null, 4); !page.isEmpty(); ) {
      assertThat(page).hasSizeLessThanOrEqualTo(4);
      listed.addAll(page);
      after = page.get(page.size() - 1);
      store.delete(after);
      page = store.list(after, 4);
    }
    assertThat(listed).containsExactlyElementsOf(keys);
  }

  @Test
  void sitesThatLeadElsewhereAreRefused() {
    ClipStore store = empty();
    for (String site : List.of("..", ".", "", "a/b", "../a", "a\0", ".parts", "a".repeat(65))) {
      EventKey key = key(site, 1);
      assertThatThrownBy(() -> store.put(key, new byte[1]))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> store.get(key)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> store.delete(key)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(store.list(null, 10)).isEmpty();
  }

  @Test
  void oneOfManyWritersWinsWhole() throws Exception {
    ClipStore store = empty();
    ExecutorService writers = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        byte[] sound = sound(i % 2, 50_000 + i % 2);
        done.add(writers.submit(() -> store.put(key("home", 1), sound)));
      }
      for (Future<?> one : done) {
        one.get();
      }
    } finally {
      writers.shutdown();
    }
    assertThat(store.get(key("home", 1)).orElseThrow()).isIn(sound(0, 50_000), sound(1, 50_001));
  }
}
