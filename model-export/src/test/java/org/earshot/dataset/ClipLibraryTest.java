package org.earshot.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipLibraryTest {
  private static final String HEADER =
      "path,label,split,dataset,duration_s,licence,original_name\n";

  @TempDir Path folder;

  @Test
  void foldFourIsHeldApartAndRoomResponsesAreNeither() throws IOException {
    write(
        "MANIFEST.csv",
        HEADER
            + "a.flac,dog_bark,fold1,esc,5,\"CC0, or so\",1-100-A-0.wav\n"
            + "b.flac,dog_bark,fold4,esc,5,CC0,4-200-A-0.wav\n"
            + "c.flac,rir,rir,rooms,1,CC0,hall.wav\n");
    List<Clip> clips = ClipLibrary.load(folder, false).clips();
    assertThat(clips).extracting(Clip::part).containsExactly(Part.TRAIN, Part.VALIDATION, Part.RIR);
    assertThat(clips.get(0).licence()).isEqualTo("CC0, or so");
  }

  @Test
  void aFifthOfTheSourcesOfEachLabelIsHeldApartAndNoSourceIsSplit() throws IOException {
    StringBuilder csv = new StringBuilder(HEADER);
    for (int source = 0; source < 20; source++) {
      for (int variant = 1; variant <= 3; variant++) {
        csv.append(
            "x/%c_%d.ogg,footsteps,train,set,1,CC0,%c_%d.ogg%n"
                .formatted('a' + source, variant, 'a' + source, variant));
      }
    }
    write("MANIFEST.csv", csv.toString());
    List<Clip> clips = ClipLibrary.load(folder, false).clips();
    assertThat(clips.stream().filter(clip -> clip.part() == Part.VALIDATION)).hasSize(4 * 3);
    for (Clip clip : clips) {
      assertThat(clips.stream().filter(other -> other.sourceId().equals(clip.sourceId())))
          .hasSize(3)
          .allMatch(other -> other.part() == clip.part());
    }
  }

  @Test
  void piecesOfOneFileAndTakesOfOneSourceShareASource() {
    assertThat(Sources.of("s", "orig.Door_3.wav.20000.wav.39u9.json.xx.wav"))
        .isEqualTo(Sources.of("s", "orig.Door_3.wav.24000.wav.39ua.json.yy.wav"))
        .isNotEqualTo(Sources.of("s", "orig.Door_4.wav.20000.wav.39u9.json.xx.wav"));
    assertThat(Sources.of("s", "1-100-A-42.wav")).isEqualTo(Sources.of("s", "1-100-B-42.wav"));
    assertThat(Sources.of("s", "knock001.wav")).isNotEqualTo(Sources.of("s", "knock003.wav"));
    assertThat(Sources.of("s", "step.1.ogg")).isEqualTo(Sources.of("s", "step.12.ogg"));
  }

  @Test
  void readsTheLayoutOfEsc50() throws IOException {
    write(
        "meta/esc50.csv",
        "filename,fold,target,category,esc10,src_file,take\n"
            + "1-1-A-20.wav,1,20,crying_baby,True,1,A\n"
            + "4-2-A-37.wav,4,37,clock_alarm,False,2,A\n"
            + "2-3-A-9.wav,2,9,crow,False,3,A\n");
    List<Clip> clips = ClipLibrary.load(folder, false).clips();
    assertThat(clips)
        .extracting(Clip::label)
        .containsExactly("baby_cry", "alarm_clock", "other_crow");
    assertThat(clips.get(0).path()).isEqualTo("audio/1-1-A-20.wav");
    assertThat(clips.get(1).part()).isEqualTo(Part.VALIDATION);
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    assertThatThrownBy(() -> ClipLibrary.load(folder, false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected MANIFEST.csv");
    write("MANIFEST.csv", "path,label\na.wav,dog_bark\n");
    assertThatThrownBy(() -> ClipLibrary.load(folder, false))
        .hasMessageContaining("record 1 has no column 'dataset'");
  }

  @Test
  void clipsForTrainingOnlyAreNeverHeldApart() throws IOException {
    StringBuilder csv = new StringBuilder(HEADER);
    for (char name = 'a'; name <= 't'; name++) {
      csv.append("%c.ogg,dog_bark,extra,set,1,CC0,%c.ogg%n".formatted(name, name));
    }
    write("MANIFEST.csv", csv.toString());
    assertThat(ClipLibrary.load(folder, false).clips())
        .hasSize(20)
        .allMatch(clip -> clip.part() == Part.TRAIN);
  }

  @Test
  void severalFoldersMakeOneLibrary() throws IOException {
    write("one/MANIFEST.csv", HEADER + "a.wav,dog_bark,fold1,esc,5,CC0,1-1-A-0.wav\n");
    write("two/MANIFEST.csv", HEADER + "b.wav,siren,extra,other,5,CC0,b.wav\n");
    List<Path> folders = List.of(folder.resolve("one"), folder.resolve("two"));
    assertThat(ClipLibrary.load(folders, false).clips())
        .extracting(Clip::path)
        .containsExactly("a.wav", "b.wav");
    write("two/MANIFEST.csv", HEADER + "a.wav,siren,extra,other,5,CC0,a.wav\n");
    assertThatThrownBy(() -> ClipLibrary.load(folders, false))
        .hasMessageContaining("a.wav is both in " + folders.get(0));
  }

  @Test
  void aClipThatIsNoAudioIsNamed() throws IOException {
    write("MANIFEST.csv", HEADER + "a.wav,dog_bark,fold1,esc,5,CC0,1-1-A-0.wav\n");
    write("a.wav", "no audio at all");
    assertThatThrownBy(() -> ClipLibrary.load(folder, true)).hasMessageContaining("a.wav: ");
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
