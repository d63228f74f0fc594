package org.earshot.training;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.earshot.audio.feature.Normalization;
import org.earshot.dataset.ClipLibrary;
import org.earshot.dataset.ClipTags;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code scripts/earshot train}. */
@Command(
    name = "train",
    description = "Train the device model on a folder of labelled clips.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class TrainCommand implements Callable<Integer> {
  private static final TrainingOptions STANDARD = TrainingOptions.standard();

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
      names = "--run",
      defaultValue = "runs/device",
      paramLabel = "DIR",
      description =
          "Where checkpoints and the report go (default: ${DEFAULT-VALUE}). A run that is there"
              + " already is resumed.")
  private Path run;

  @Option(
      names = "--seed",
      description = "Of weights, scenes and augmentation (default: ${DEFAULT-VALUE}).")
  private long seed = STANDARD.seed();

  @Option(
      names = "--features",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Normalization normalization = STANDARD.normalization();

  @Option(
      names = "--convolutions",
      split = ",",
      paramLabel = "N:K:S:T",
      converter = ConvolutionConverter.class,
      description =
          "Convolutions over the bands, lowest first: channels, bands under one output, bands from"
              + " one output to the next, steps under one output (default: ${DEFAULT-VALUE}).")
  private List<ConvolutionShape> convolutions = STANDARD.convolutions();

  @Option(
      names = "--dense",
      split = ",",
      paramLabel = "N",
      description = "Units of each dense layer below the LSTM layers (default: ${DEFAULT-VALUE}).")
  private List<Integer> dense = STANDARD.denseUnits();

  @Option(names = "--hidden", description = "Units of each LSTM layer (default: ${DEFAULT-VALUE}).")
  private int hidden = STANDARD.hiddenUnits();

  @Option(names = "--layers", description = "LSTM layers (default: ${DEFAULT-VALUE}).")
  private int layers = STANDARD.layers();

  @Option(
      names = "--stack",
      description = "Frames of 10 ms in a network step (default: ${DEFAULT-VALUE}).")
  private int stack = STANDARD.stackFrames();

  @Option(names = "--batch", description = "Scenes a batch (default: ${DEFAULT-VALUE}).")
  private int batch = STANDARD.batch();

  @Option(names = "--iterations", description = "Weight updates (default: ${DEFAULT-VALUE}).")
  private int iterations = STANDARD.iterations();

  @Option(
      names = "--epoch",
      description = "Updates between validations (default: ${DEFAULT-VALUE}).")
  private int epoch = STANDARD.epochIterations();

  @Option(names = "--rate", description = "Highest learning rate (default: ${DEFAULT-VALUE}).")
  private double rate = STANDARD.learningRate();

  @Option(
      names = "--positive-weight",
      description = "Weight of an active step (default: ${DEFAULT-VALUE}).")
  private double positiveWeight = STANDARD.positiveWeight();

  @Option(
      names = "--dropout",
      description = "Share of hidden inputs dropped (default: ${DEFAULT-VALUE}).")
  private double dropout = STANDARD.dropout();

  @Option(
      names = "--carry",
      description =
          "Share of scenes that start in the state that the last batch left (default: ${DEFAULT-VALUE}).")
  private double carryShare = STANDARD.carryShare();

  @Option(
      names = "--warm",
      description =
          "Share of scenes whose features begin as after another scene (default: ${DEFAULT-VALUE}).")
  private double warmShare = STANDARD.warmShare();

  @Option(
      names = "--from",
      paramLabel = "RUN",
      description = "Begins with the best weights of this run instead of random ones.")
  private Path from;

  @Option(
      names = "--reuse",
      description = "Uses of each rendered scene (default: ${DEFAULT-VALUE}).")
  private int reuse = STANDARD.reuse();

  @Option(names = "--threads", description = "Default: the number of processors.")
  private int threads = Runtime.getRuntime().availableProcessors();

  /** Reads one convolution; picocli reports what it refuses. */
  static final class ConvolutionConverter implements ITypeConverter<ConvolutionShape> {
    @Override
    public ConvolutionShape convert(String text) {
      try {
        return ConvolutionShape.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  @Override
  public Integer call() throws Exception {
    data.forEach(folder -> System.err.println("reading " + folder));
    ClipLibrary library = ClipLibrary.load(data, true);
    ClipTags tags = tagsFile == null ? ClipTags.NONE : ClipTags.read(tagsFile);
    TrainingOptions options =
        new TrainingOptions(
            seed,
            normalization,
            convolutions,
            dense,
            hidden,
            layers,
            stack,
            batch,
            STANDARD.sceneSeconds(),
            iterations,
            epoch,
            rate,
            positiveWeight,
            dropout,
            STANDARD.averaging(),
            carryShare,
            warmShare,
            reuse,
            STANDARD.patience(),
            STANDARD.validationStreams(),
            TagSet.of(tags, library),
            from == null ? null : from.toString());
    if (tagsFile != null) {
      List<String> classes = options.tags().classes();
      System.err.println(classes.size() + " classes of the teacher: " + String.join("; ", classes));
    }
    boolean terminal = Boolean.getBoolean("earshot.terminal"); // set by the launcher
    RunState state =
        new Trainer(library, tags, run, options, threads, System.err, terminal).train();
    System.out.printf(
        "best mean average precision %.4f at update %d; weights in %s, report in %s%n",
        state.best,
        state.epochs.get(state.bestEpoch).iteration(),
        run.resolve("best.zip"),
        run.resolve("report.html"));
    return 0;
  }
}
