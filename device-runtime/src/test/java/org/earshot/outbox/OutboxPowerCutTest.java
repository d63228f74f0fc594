package org.earshot.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earshot.outbox.Priority.NORMAL;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.earshot.event.EventId;
import org.earshot.storage.PowerCutDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxPowerCutTest {
  private static final long SEED = 40_404;
  private static final int CUTS = 80;

  @TempDir private Path scratch;

  @Test
  void whatPutReturnedForSurvivesACutBeforeEveryStep() throws IOException {
    int cut = 0;
    int survivors = 0;
    for (; cut < CUTS; cut++) {
      survivors += cutBefore(cut);
    }
    System.out.printf("power cut before each of %d steps: %d items, none lost%n", cut, survivors);
  }

  private int cutBefore(int step) throws IOException {
    String how = "seed " + SEED + ", cut before step " + step;
    Path folder = scratch.resolve("cut-" + step);
    Items items = new Items(SEED + step);
    PowerCutDisk disk = new PowerCutDisk(step, new Random(SEED + step));
    Set<EventId> stored = new LinkedHashSet<>();
    List<EventId> begun = new ArrayList<>();
    Outbox outbox = Outbox.open(folder, Items.AMPLE, new Losses(), disk);
    try {
      while (true) {
        for (int i = 0; i < 3; i++) {
          OutboxItem item = items.event(NORMAL);
          begun.add(item.id());
          outbox.put(item);
          stored.add(item.id());
        }
        OutboxEntry oldest = outbox.next().orElseThrow();
        stored.remove(oldest.id()); // may come back when its deletion is cut off
        outbox.acknowledge(oldest);
      }
    } catch (PowerCutDisk.PowerCut e) {
      outbox.close();
    }
    Losses losses = new Losses();
    try (Outbox again = Items.open(folder, losses)) {
      List<EventId> ids = Items.ids(Items.drain(again));
      assertThat(ids).as(how).containsAll(stored).doesNotHaveDuplicates().isSorted();
      assertThat(begun).as(how).containsAll(ids);
    }
    assertThat(losses.damaged).as(how).hasSizeLessThanOrEqualTo(1);
    return stored.size();
  }
}
