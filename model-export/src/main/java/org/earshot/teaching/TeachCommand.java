package org.earshot.teaching;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.earshot.audio.AudioFiles;
import org.earshot.dataset.Clip;
import org.earshot.dataset.Part;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code scripts/earshot teach}. */
@Command(
    name = "teach",
    description = {
      "Teaches a sound from 3 to 10 recordings of it, and says how well it will be heard.",
      "",
      "The base network stays as it is; the result is a small signed head for a device to take."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class TeachCommand implements Callable<Integer> {
  private static final int LONGEST_SAMPLES = 60 * AudioFiles.SAMPLE_RATE_HZ;

  @Parameters(index = "0", paramLabel = "NAME", description = "Small letters, digits, _.")
  private String name;

  @Parameters(
      index = "1..*",
      arity = "2..*",
      paramLabel = "CLIP",
      description = "Recordings (WAV or FLAC), the sound alone or nearly so; a minute each counts.")
  private List<Path> files;

  @Mixin private LessonOptions lesson;

  @Override
  public Integer call() throws IOException {
    return lesson.teach(EventName.checked(name), (library, label) -> clips());
  }

  private List<Clip> clips() throws IOException {
    List<Clip> clips = new ArrayList<>();
    for (Path file : files) {
      try {
        float[] samples = AudioFiles.readAll16k(file, LONGEST_SAMPLES);
        String path = clips.size() + " " + file;
        clips.add(TeachingScenes.taught(path, path, Part.TRAIN, samples));
      } catch (IOException e) {
        throw new IOException(file + ": " + e.getMessage(), e);
      }
    }
    return clips;
  }
}
