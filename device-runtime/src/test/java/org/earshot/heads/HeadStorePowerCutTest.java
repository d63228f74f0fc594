package org.earshot.heads;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.earshot.model.SoundModel;
import org.earshot.storage.LocalDisk;
import org.earshot.storage.PowerCutDisk;
import org.earshot.testing.TestModels;
import org.earshot.testing.Updates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cuts the power before every single step of a row of changes. */
class HeadStorePowerCutTest {
  private static final long SEED = 20261201;
  private static final int RUNS = 4; // of what a cut forgets, for each step
  private static final SigningKey KEY = SigningKey.generate();

  @TempDir Path scratch;
  private final SoundModel shipped = TestModels.random(1, 4, "siren", "dog_bark");

  private interface Change {
    void on(HeadStore store) throws Exception;
  }

  private Change taking(String event, int version) {
    byte[] file = Updates.file(shipped.base(), event, version, KEY);
    return store -> store.take(file, "update");
  }

  private final List<Change> changes =
      List.of(
          taking("siren", 2),
          taking("kettle", 1),
          taking("siren", 3),
          taking("siren", 4),
          store -> store.rollBack("siren"),
          store -> store.remove("kettle"),
          taking("kettle", 2));

  @Test
  void theHeadsAreThoseFromBeforeOrThoseFromAfter() throws Exception {
    List<SoundModel> states = new ArrayList<>();
    HeadStore whole = open(scratch.resolve("whole"), Integer.MAX_VALUE, 0);
    states.add(whole.model());
    for (Change change : changes) {
      change.on(whole);
      states.add(whole.model());
    }
    int cuts = 0;
    boolean finished = false;
    for (int step = 0; !finished; step++) {
      for (int run = 0; run < RUNS; run++) {
        finished = cut(states, step, run);
      }
      cuts = step;
    }
    System.out.printf("power cut before each of %d steps: always a working device%n", cuts);
    assertThat(cuts).isGreaterThan(8 * changes.size());
  }

  /** Whether all changes were made before the power failed. */
  private boolean cut(List<SoundModel> states, int step, int run) throws Exception {
    Path folder = scratch.resolve("cut-" + step + "-" + run);
    String how = "cut before step " + step + ", run " + run;
    int done = 0;
    try {
      HeadStore store = open(folder, step, run);
      for (Change change : changes) {
        change.on(store);
        done++;
      }
      return true;
    } catch (PowerCutDisk.PowerCut e) {
      List<String> unusable = new ArrayList<>();
      HeadStore again =
          HeadStore.open(folder, shipped, keys(), (what, why) -> unusable.add(what + why));
      assertThat(unusable).as(how).isEmpty();
      assertThat(again.model()).as(how).isIn(states.get(done), states.get(done + 1));
      int next = again.model().equals(states.get(done)) ? done : done + 1;
      if (next < changes.size()) {
        changes.get(next).on(again); // it can go on
        assertThat(again.model()).as(how).isEqualTo(states.get(next + 1));
      }
      return false;
    }
  }

  private TrustedKeys keys() throws Exception {
    Path file = scratch.resolve("key.pub");
    if (!Files.exists(file)) {
      Files.writeString(file, KEY.publicPem());
    }
    return TrustedKeys.read(List.of(file));
  }

  private HeadStore open(Path folder, int stepsBeforeTheCut, int run) throws Exception {
    return HeadStore.open(
        folder,
        shipped,
        keys(),
        (what, why) -> {
          throw new AssertionError(what + why);
        },
        stepsBeforeTheCut == Integer.MAX_VALUE
            ? new LocalDisk()
            : new PowerCutDisk(
                stepsBeforeTheCut, new Random(SEED + 1000L * run + stepsBeforeTheCut)));
  }
}
