package org.earshot.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.earshot.model.ModelFile;
import org.earshot.model.SoundModel;
import picocli.CommandLine.Option;

/** Where the model lies. */
public final class ModelOption {
  @Option(
      names = "--models",
      paramLabel = "DIR",
      description =
          "Folder with base.esb and heads/*.esh, or a bundle file (here: ${DEFAULT-VALUE}).",
      defaultValue = "${sys:earshot.models:-models}")
  private Path models;

  /** Returns the folder or bundle. */
  public Path path() {
    return models;
  }

  /**
   * Reads the model.
   *
   * @throws IOException saying what is missing and how to get it
   */
  public SoundModel load() throws IOException {
    return read(models);
  }

  /** As {@link #load}, of any folder or bundle. */
  public static SoundModel read(Path models) throws IOException {
    boolean folder = Files.isDirectory(models);
    if (!Files.exists(folder ? models.resolve(ModelFile.BASE_FILE) : models)) {
      throw new IOException(
          models
              + ": no model here; name its folder with --models, or make one with"
              + " 'earshot train' and 'earshot export'");
    }
    SoundModel model = ModelFile.read(models);
    if (model.heads().isEmpty()) {
      throw new IOException(
          models
              + ": the model has no heads; export one into "
              + models.resolve(ModelFile.HEADS_FOLDER));
    }
    return model;
  }
}
