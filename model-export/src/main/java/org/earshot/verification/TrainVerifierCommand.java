package org.earshot.verification;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.earshot.dataset.ClipLibrary;
import org.earshot.dataset.ClipTags;
import org.earshot.model.ModelFile;
import org.earshot.model.SoundModel;
import org.earshot.training.RunState;
import org.earshot.training.SequenceGraph;
import org.earshot.training.TagSet;
import org.earshot.training.TrainingOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code scripts/earshot train-verifier}. */
@Command(
    name = "train-verifier",
    description = "Train the verifier, which hears whole clips after the device.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class TrainVerifierCommand implements Callable<Integer> {
  private static final VerifierOptions STANDARD =
      VerifierOptions.standard(TrainingOptions.standard(), TagSet.NONE);

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "A folder with MANIFEST.csv, or in ESC-50's layout; may be given again.")
  private List<Path> data;

  @Option(
      names = "--tags",
      paramLabel = "FILE",
      description =
          "What a teacher heard in the clips, as 'tag' writes it; learnt beside the rest.")
  private Path tagsFile;

  @Option(
      names = "--device-run",
      defaultValue = "runs/device",
      paramLabel = "DIR",
      description =
          "A finished run of 'train', whose convolutions the verifier begins with (default:"
              + " ${DEFAULT-VALUE}).")
  private Path deviceRun;

  @Option(
      names = "--models",
      paramLabel = "DIR",
      defaultValue = "${sys:earshot.models:-models}",
      description =
          "The device's model, whose false alerts are learnt (default: ${DEFAULT-VALUE}).")
  private Path models;

  @Option(
      names = "--run",
      defaultValue = "runs/verifier",
      paramLabel = "DIR",
      description =
          "Where checkpoints, examples and the report go (default: ${DEFAULT-VALUE}). A run that is"
              + " there already is resumed.")
  private Path run;

  @Option(
      names = "--seed",
      description = "Of weights, scenes and augmentation (default: ${DEFAULT-VALUE}).")
  private long seed = STANDARD.seed();

  @Option(
      names = "--hidden",
      description = "LSTM units in each direction (default: ${DEFAULT-VALUE}).")
  private int hidden = STANDARD.hiddenUnits();

  @Option(names = "--batch", description = "Clips a batch (default: ${DEFAULT-VALUE}).")
  private int batch = STANDARD.batch();

  @Option(
      names = "--hard",
      description = "False alerts of the device in a batch (default: ${DEFAULT-VALUE}).")
  private int hard = STANDARD.hardClips();

  @Option(
      names = "--negative-scenes",
      description = "Scenes without events that the device listens to (default: ${DEFAULT-VALUE}).")
  private int negativeScenes = STANDARD.negativeScenes();

  @Option(
      names = "--sensitivity",
      description = "Of the device whose alerts clips are cut around (default: ${DEFAULT-VALUE}).")
  private int sensitivity = STANDARD.sensitivity();

  @Option(
      names = "--validation-scenes",
      description = "Held-apart scenes, a clip of each (default: ${DEFAULT-VALUE}).")
  private int validationScenes = STANDARD.validationScenes();

  @Option(names = "--iterations", description = "Weight updates (default: ${DEFAULT-VALUE}).")
  private int iterations = STANDARD.iterations();

  @Option(
      names = "--epoch",
      description = "Updates between validations (default: ${DEFAULT-VALUE}).")
  private int epoch = STANDARD.epochIterations();

  @Option(names = "--rate", description = "Highest learning rate (default: ${DEFAULT-VALUE}).")
  private double rate = STANDARD.learningRate();

  @Option(
      names = "--dropout",
      description = "Share of hidden inputs dropped (default: ${DEFAULT-VALUE}).")
  private double dropout = STANDARD.dropout();

  @Option(names = "--reuse", description = "Uses of each scene (default: ${DEFAULT-VALUE}).")
  private int reuse = STANDARD.reuse();

  @Option(names = "--threads", description = "Default: the number of processors.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Override
  public Integer call() throws IOException {
    SoundModel device = ModelFile.read(models);
    Path weights = deviceRun.resolve("best.zip");
    if (!Files.isRegularFile(weights)) {
      throw new IOException(
          deviceRun + ": no best.zip here; 'train --run " + deviceRun + "' makes it");
    }
    RunState deviceState =
        new ObjectMapper().readValue(deviceRun.resolve("state.json").toFile(), RunState.class);
    data.forEach(folder -> System.err.println("reading " + folder));
    ClipLibrary library = ClipLibrary.load(data, true);
    ClipTags tags = tagsFile == null ? ClipTags.NONE : ClipTags.read(tagsFile);
    VerifierOptions options =
        new VerifierOptions(
            seed,
            deviceState.options,
            STANDARD.joinedSteps(),
            hidden,
            batch,
            hard,
            reuse,
            STANDARD.sceneSeconds(),
            STANDARD.clipSeconds(),
            sensitivity,
            negativeScenes,
            iterations,
            epoch,
            rate,
            STANDARD.positiveWeight(),
            STANDARD.clipWeight(),
            dropout,
            STANDARD.averaging(),
            validationScenes,
            TagSet.of(tags, library));
    VerifierTrainer trainer =
        new VerifierTrainer(
            library,
            tags,
            device,
            run,
            options,
            threads,
            System.err,
            Boolean.getBoolean("earshot.terminal")); // set by the launcher
    String origin = HexFormat.of().formatHex(device.base().fingerprint(), 0, 8);
    RunState state = trainer.train(SequenceGraph.read(weights, false), origin, Integer.MAX_VALUE);
    System.out.printf(
        "best mean average precision %.4f at update %d; weights in %s, report in %s%n",
        state.best,
        state.epochs.get(state.bestEpoch).iteration(),
        run.resolve("best.zip"),
        run.resolve("report.html"));
    return 0;
  }
}
