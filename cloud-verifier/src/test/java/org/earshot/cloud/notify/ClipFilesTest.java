package org.earshot.cloud.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.earshot.audio.AudioFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipFilesTest {
  @TempDir Path folder;

  @Test
  void aClipBecomesAWavFileWithTheSameSamples() throws IOException {
    ClipFiles clips = new ClipFiles(Clips.with(folder, Clips.FLAC));
    ClipFiles.Attachment file = clips.attachment(Notices.first("smoke_alarm")).orElseThrow();

    assertThat(file.name()).isEqualTo("smoke_alarm-01KG8NM3F00123456789ABCDEF.wav");
    assertThat(file.type()).isEqualTo("audio/wav");
    assertThat(file.bytes()).hasSize(44 + 2 * Clips.SAMPLES);
    Path wav = Files.write(folder.resolve("clip.wav"), file.bytes());
    float[] samples = AudioFiles.readAll16k(wav, 1 << 20);
    short[] expected = Clips.samples();
    assertThat(samples).hasSize(expected.length);
    for (int i = 0; i < samples.length; i++) {
      assertThat(samples[i] * 32768).as("sample %d", i).isEqualTo(expected[i]);
    }
  }

  @Test
  void whatCannotBeDecodedGoesAsItIs() {
    byte[] broken = Clips.FLAC.clone();
    broken[broken.length - 3] ^= 0x55;
    ClipFiles clips = new ClipFiles(Clips.with(folder, broken));
    ClipFiles.Attachment file = clips.attachment(Notices.first("smoke_alarm")).orElseThrow();

    assertThat(file.type()).isEqualTo("audio/flac");
    assertThat(file.bytes()).isEqualTo(broken);
  }

  @Test
  void aClipThatIsGoneIsLeftOut() {
    ClipFiles clips = new ClipFiles(Clips.empty(folder));
    assertThat(clips.attachment(Notices.first("smoke_alarm"))).isEmpty();
  }

  @Test
  void aStoreThatCannotBeReadHoldsNothingBack() throws IOException {
    ClipFiles clips = new ClipFiles(Clips.with(folder, Clips.FLAC));
    Path file;
    try (Stream<Path> files = Files.walk(folder)) {
      file = files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
    Files.delete(file);
    Files.createDirectory(file); // cannot be read as a file

    assertThat(clips.attachment(Notices.first("smoke_alarm"))).isEmpty();
  }
}
