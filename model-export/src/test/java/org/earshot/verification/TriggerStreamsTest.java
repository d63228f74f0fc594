package org.earshot.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.earshot.audio.AudioFiles;
import org.earshot.dataset.Clip;
import org.earshot.dataset.ClipLibrary;
import org.earshot.dataset.Part;
import org.earshot.evaluation.LevelModel;
import org.earshot.training.TrainingFixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TriggerStreamsTest {
  private static final ClipLibrary LIBRARY = TrainingFixtures.library();

  @TempDir private Path folder;

  @Test
  void theHalvesShareNoSourceAndEachHasEveryLabelThatHasTwo() {
    List<Clip> apart = LIBRARY.clips(Part.VALIDATION);
    Map<String, Integer> halves = TriggerStreams.halves(apart);
    Map<Integer, Set<String>> labels = Map.of(0, new HashSet<>(), 1, new HashSet<>());
    for (Clip clip : apart) {
      labels.get(halves.get(clip.sourceId())).add(clip.label());
    }
    assertThat(labels.get(0)).isEqualTo(labels.get(1)).contains("siren", "background");
  }

  @Test
  void everyTriggerHasTheClipThatTheDeviceWouldSend() throws IOException {
    List<Trigger> triggers = make();
    assertThat(triggers).extracting(Trigger::half).contains(0, 1);
    assertThat(triggers).extracting(Trigger::right).contains(false);
    for (Trigger trigger : triggers) {
      assertThat(trigger.event()).isIn("siren", "dog_bark");
      assertThat(trigger.posterior()).isBetween(0.0, 1.0);
      int samples = AudioFiles.readAll16k(trigger.clip(), 60 * 16_000).length;
      assertThat(samples).isBetween(8_000, 30 * 16_000);
    }
  }

  @Test
  void theSameTriggersAreFoundAgainWithoutBeingMadeAgain() throws IOException {
    List<Trigger> made = make();
    Files.delete(made.get(0).clip());
    assertThat(make()).isEqualTo(made);
    assertThat(made.get(0).clip()).doesNotExist();
  }

  private List<Trigger> make() throws IOException {
    PrintWriter quiet = new PrintWriter(Writer.nullWriter());
    return new TriggerStreams(LIBRARY, LevelModel.of("siren", "dog_bark"), 50, 2, quiet)
        .triggers(24, 3, 5, folder);
  }
}
