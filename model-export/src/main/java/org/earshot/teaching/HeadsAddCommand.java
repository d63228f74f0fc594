package org.earshot.teaching;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.earshot.dataset.Clip;
import org.earshot.dataset.ClipLibrary;
import org.earshot.dataset.Part;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code scripts/earshot heads add} and, with another name, {@code heads update}. */
@Command(
    name = "add",
    description = "Makes a head for a new sound from the recordings of it in a data folder.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public class HeadsAddCommand implements Callable<Integer> {
  private static final int MOST_RECORDINGS = 50;

  @Parameters(index = "0", paramLabel = "NAME", description = "Small letters, digits, _.")
  private String name;

  @Mixin private LessonOptions lesson;

  private final boolean known;

  /** Makes the command for sounds that have no head. */
  public HeadsAddCommand() {
    this(false);
  }

  HeadsAddCommand(boolean known) {
    this.known = known;
  }

  @Override
  public Integer call() throws IOException {
    return lesson.teach(EventName.checked(name), known, HeadsAddCommand::clips);
  }

  private static List<Clip> clips(ClipLibrary library, String label) {
    return TeachingScenes.taught(library.clips(Part.TRAIN), label).stream()
        .limit(MOST_RECORDINGS)
        .toList();
  }

  /** {@code scripts/earshot heads update}. */
  @Command(
      name = "update",
      description = "Makes the next version of a head from the recordings in a data folder.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  public static final class Update extends HeadsAddCommand {
    /** Makes the command for sounds that have a head. */
    public Update() {
      super(true);
    }
  }
}
