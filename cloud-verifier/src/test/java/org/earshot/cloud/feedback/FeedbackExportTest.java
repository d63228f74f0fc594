package org.earshot.cloud.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.earshot.cloud.store.Samples.NOW;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.earshot.audio.AudioFiles;
import org.earshot.audio.flac.FlacWriter;
import org.earshot.cloud.store.Answer;
import org.earshot.cloud.store.ClipRecord;
import org.earshot.cloud.store.ClipStore;
import org.earshot.cloud.store.Database;
import org.earshot.cloud.store.Databases;
import org.earshot.cloud.store.FolderClipStore;
import org.earshot.cloud.store.JdbiHistory;
import org.earshot.cloud.store.Samples;
import org.earshot.cloud.store.StoreException;
import org.earshot.event.EventId;
import org.earshot.event.EventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedbackExportTest {
  private static final short[] SOUND = new short[8000]; // half a second

  @TempDir Path folder;
  private Database database;
  private JdbiHistory history;
  private ClipStore clips;

  @BeforeEach
  void open() {
    database = Databases.SQLITE.open(folder);
    history = new JdbiHistory(database, List.of(), Samples.LIFE_SAFETY);
    clips = new FolderClipStore(folder.resolve("clips"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private EventId event(String event, Duration later, Answer.Kind kind, String label) {
    EventId id = Samples.id();
    EventMessage opened = Samples.withOnset(Samples.opened(id, event), NOW.plus(later));
    history.receive(opened, NOW, NOW);
    byte[] flac = FlacWriter.encode(SOUND, 0, SOUND.length, 16_000);
    clips.put(Samples.key(id), flac);
    history.receive(
        new ClipRecord(Samples.key(id), "hall", flac.length, "00", Duration.ofMillis(500), NOW));
    if (kind != null) {
      history.answer(Samples.key(id), new Answer(kind, label, "anna", NOW));
    }
    return id;
  }

  @Test
  void everyAnswerIsALabelledRecording() throws IOException {
    Duration day = Duration.ofDays(1);
    EventId was = event("siren", Duration.ZERO, Answer.Kind.WAS_IT, "");
    EventId not = event("glass_break", Duration.ofSeconds(1), Answer.Kind.WAS_NOT_IT, "");
    EventId other = event("glass_break", day, Answer.Kind.SOMETHING_ELSE, "../Tea, \"kettle\"");
    event("siren", Duration.ofSeconds(9), null, "");
    Path out = folder.resolve("out");
    assertThat(new FeedbackExport(history, clips).export(Set.of("home", "empty"), out))
        .isEqualTo(new FeedbackExport.Report(3, 0));
    String licence = "\"private: recorded in a home, not to be passed on\"";
    assertThat(Files.readAllLines(out.resolve("MANIFEST.csv")))
        .containsExactlyInAnyOrder(
            "path,label,split,dataset,duration_s,licence,source,original_name,native_rate_hz,note",
            "siren/home__"
                + was
                + ".flac,siren,feedback,earshot-feedback,0.500,"
                + licence
                + ",earshot:home,home-hall-2026-01-31.flac,16000,\"was_it said of siren\"",
            "other_not_glass_break/home__"
                + not
                + ".flac,other_not_glass_break,feedback,earshot-feedback,0.500,"
                + licence
                + ",earshot:home,home-hall-2026-01-31.flac,16000,"
                + "\"was_not_it said of glass_break\"",
            "tea_kettle_/home__"
                + other
                + ".flac,tea_kettle_,feedback,earshot-feedback,0.500,"
                + licence
                + ",earshot:home,home-hall-2026-02-01.flac,16000,"
                + "\"something_else said of glass_break\"");
    assertThat(AudioFiles.readAll16k(out.resolve("siren/home__" + was + ".flac"), 16_000))
        .hasSize(SOUND.length);
    assertThat(folder.resolve("Tea")).doesNotExist();
  }

  @Test
  void answerWithoutSoundIsCounted() throws IOException {
    EventId id = event("siren", Duration.ZERO, Answer.Kind.WAS_IT, "");
    clips.delete(Samples.key(id));
    assertThat(new FeedbackExport(history, clips).export(Set.of("home"), folder.resolve("out")))
        .isEqualTo(new FeedbackExport.Report(0, 1));
  }

  @Test
  void failureLeavesNothingBehind() throws IOException {
    EventId id = event("siren", Duration.ZERO, Answer.Kind.WAS_IT, "");
    clips.delete(Samples.key(id));
    Path site = folder.resolve("clips/home");
    Files.delete(site);
    Files.write(site, new byte[1]); // a file where the clips should lie: nothing can be read
    FeedbackExport export = new FeedbackExport(history, clips);
    Path out = Files.createDirectory(folder.resolve("exports")).resolve("out");
    assertThatThrownBy(() -> export.export(Set.of("home"), out)).isInstanceOf(StoreException.class);
    try (Stream<Path> left = Files.list(out.getParent())) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void folderThatExistsIsLeftAlone() {
    assertThatThrownBy(() -> new FeedbackExport(history, clips).export(Set.of("home"), folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("exists already");
  }
}
