package org.earshot.verification;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.earshot.dataset.ClipLibrary;
import org.earshot.dataset.ClipTags;
import org.earshot.dataset.Part;
import org.earshot.model.EventLabels;
import org.earshot.model.SoundModel;
import org.earshot.simulation.SceneSimulator;
import org.earshot.simulation.SceneSpec;
import org.earshot.training.Example;
import org.earshot.training.FastLayers;
import org.earshot.training.ProgressBar;
import org.earshot.training.RunState;
import org.earshot.training.SequenceGraph;
import org.earshot.training.TrainingReport;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The training loop of the verifier, in the manner of {@link org.earshot.training.Trainer}: the
 * same files in the run's folder, and beside them {@code clips.bin} and {@code negatives.bin}, the
 * examples made so far. A run that was interrupted goes on from its last validation.
 */
final class VerifierTrainer {
  private static final long VALIDATION_SEED = 7_500_000L;

  private final ClipLibrary library;
  private final ClipTags tags;
  private final SoundModel device;
  private final Path run;
  private final VerifierOptions options;
  private final int threads;
  private final PrintStream log;
  private final boolean terminal;
  private final ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * Prepares a run.
   *
   * @param tags what a teacher heard in the library's clips; the options name the classes
   * @param device the model whose alerts clips are cut around
   * @param run folder of the run; made when it is not there
   * @param threads for the network; clips are made on as many more
   * @param terminal whether {@code log} is a terminal
   */
  VerifierTrainer(
      ClipLibrary library,
      ClipTags tags,
      SoundModel device,
      Path run,
      VerifierOptions options,
      int threads,
      PrintStream log,
      boolean terminal) {
    this.library = library;
    this.tags = tags;
    this.device = device;
    this.run = run;
    this.options = options;
    this.threads = threads;
    this.log = log;
    this.terminal = terminal;
  }

  /**
   * Trains until the iterations are done.
   *
   * @param front a trained device model of the same convolutions, which the verifier begins with
   * @param origin names {@code front} and the device's model; a resumed run must have the same
   * @param stopAfter updates after which to stop, as if it had been interrupted there
   * @throws IOException if the run folder cannot be read or written, or holds a run with other
   *     options
   */
  RunState train(ComputationGraph front, String origin, int stopAfter) throws IOException {
    Files.createDirectories(run);
    ExecutorService network = Executors.newFixedThreadPool(threads, daemon("lstm"));
    ExecutorService rendering = Executors.newFixedThreadPool(threads, daemon("scenes"));
    try {
      return train(front, origin, network, rendering, stopAfter);
    } finally {
      network.shutdownNow();
      rendering.shutdownNow();
    }
  }

  private RunState train(
      ComputationGraph front,
      String origin,
      ExecutorService networkThreads,
      ExecutorService renderingThreads,
      int stopAfter)
      throws IOException {
    VerifierState state = restoreState(origin);
    RunState progress = state.progress;
    ComputationGraph graph;
    if (progress.iteration == 0) {
      graph = VerifierGraph.create(options);
      VerifierGraph.copyFront(front, graph);
    } else {
      graph = SequenceGraph.read(run.resolve("model.zip"), true);
    }
    INDArray average =
        progress.iteration == 0
            ? graph.params().dup()
            : Nd4j.readBinary(run.resolve("average.bin").toFile());
    ComputationGraph averaged = VerifierGraph.create(options);
    FastLayers.install(graph, networkThreads, threads);
    FastLayers.install(averaged, networkThreads, threads);

    log.println("making " + options.validationScenes() + " validation clips");
    VerifierValidation validation =
        new VerifierValidation(validationClips(renderingThreads), options);
    SceneSimulator scenes = new SceneSimulator(library, Part.TRAIN, scenes(options));
    ClipSource empty = new ClipSource(scenes.with(negativeScenes(options)), device, tags, options);
    HardNegatives negatives = HardNegatives.of(run, empty, options, renderingThreads, log);
    ClipSource source = new ClipSource(scenes, device, tags, options);
    try (VerifierBatches batches =
        new VerifierBatches(
            run, source, negatives, options, progress.iteration, renderingThreads)) {
      update(state, graph, averaged, average, batches, validation, stopAfter);
    }
    return progress;
  }

  private void update(
      VerifierState state,
      ComputationGraph graph,
      ComputationGraph averaged,
      INDArray average,
      VerifierBatches batches,
      VerifierValidation validation,
      int stopAfter)
      throws IOException {
    RunState progress = state.progress;
    ProgressBar bar =
        new ProgressBar(log, terminal, progress.iteration, options.iterations(), System.nanoTime());
    double loss = 0;
    long started = System.nanoTime();
    double secondsBefore = progress.trainingSeconds;
    int end = Math.min(stopAfter, options.iterations());
    while (progress.iteration < end) {
      int iteration = progress.iteration;
      if (iteration % options.epochIterations() == 0) { // a resumed run draws the same dropout
        Nd4j.getRandom().setSeed(options.seed() * 31 + iteration);
      }
      graph.setLearningRate(options.learningRateAt(iteration));
      graph.fit(VerifierGraph.pack(batches.next(iteration), options));
      loss += graph.score() * options.steps();
      double decay = Math.min(options.averaging(), (1.0 + iteration) / (10.0 + iteration));
      average.muli(decay).addi(graph.params().mul(1 - decay));
      progress.iteration++;
      double seconds = (System.nanoTime() - started) / 1e9;
      progress.trainingSeconds = secondsBefore + seconds;
      int inEpoch = (iteration % options.epochIterations()) + 1;
      double speed = options.batch() * (progress.iteration - bar.firstUpdate()) / seconds;
      bar.update(
          progress.iteration,
          String.format(Locale.ROOT, "loss %.4f  %.1f clips/s", loss / inEpoch, speed),
          System.nanoTime());
      if (progress.iteration % options.epochIterations() == 0
          || progress.iteration == options.iterations()) {
        averaged.setParams(average);
        finishEpoch(state, loss / inEpoch, graph, averaged, average, validation, bar);
        loss = 0;
      }
    }
  }

  /** Scenes a little easier than the training preset, long enough to cut a clip from. */
  private static SceneSpec scenes(VerifierOptions options) {
    return SceneSpec.training()
        .withDurationSeconds(options.sceneSeconds())
        .withRatioRangeDb(0, 24)
        .withEmptyShare(0.15)
        .withMostEvents(2)
        .withClassWeights(Map.of("door_close", 1.6, "glass_break", 1.4, "door_knock", 1.3))
        .withDistractorsPerScene(1.2);
  }

  private static SceneSpec negativeScenes(VerifierOptions options) {
    return scenes(options).withEmptyShare(1).withDistractorsPerScene(2.5);
  }

  private List<Example> validationClips(ExecutorService executor) {
    SceneSpec spec = SceneSpec.validationStream().withDurationSeconds(options.sceneSeconds());
    SceneSimulator simulator = new SceneSimulator(library, Part.VALIDATION, spec);
    ClipSource source = new ClipSource(simulator, device, tags, options);
    List<Future<Example>> futures = new ArrayList<>();
    for (int i = 0; i < options.validationScenes(); i++) {
      long seed = VALIDATION_SEED + i;
      futures.add(executor.submit(() -> source.example(seed)));
    }
    return futures.stream().map(HardNegatives::result).toList();
  }

  private void finishEpoch(
      VerifierState state,
      double loss,
      ComputationGraph graph,
      ComputationGraph averaged,
      INDArray average,
      VerifierValidation validation,
      ProgressBar bar)
      throws IOException {
    RunState progress = state.progress;
    double[] precisions = validation.averagePrecision(averaged);
    double mean =
        Arrays.stream(precisions).filter(p -> !Double.isNaN(p)).average().orElse(Double.NaN);
    List<Double> rounded = Arrays.stream(precisions).boxed().toList();
    progress.epochs.add(new RunState.Epoch(progress.iteration, loss, mean, rounded));
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(
            Locale.ROOT, "update %d  loss %.4f  mean AP %.4f ", progress.iteration, loss, mean));
    for (int i = 0; i < precisions.length; i++) {
      line.append(
          String.format(Locale.ROOT, " %s %.2f", EventLabels.STANDARD.get(i), precisions[i]));
    }
    bar.message(line.toString());
    if (mean > progress.best || progress.bestEpoch < 0) {
      progress.best = mean;
      progress.bestEpoch = progress.epochs.size() - 1;
      Path fresh = run.resolve("best.zip.new");
      ModelSerializer.writeModel(averaged, fresh.toFile(), false);
      replace(fresh, run.resolve("best.zip"));
    }
    Path model = run.resolve("model.zip.new");
    ModelSerializer.writeModel(graph, model.toFile(), true);
    Path weights = run.resolve("average.bin.new");
    Nd4j.saveBinary(average, weights.toFile());
    replace(model, run.resolve("model.zip"));
    replace(weights, run.resolve("average.bin"));
    Path file = run.resolve("state.json.new");
    json.writeValue(file.toFile(), state);
    replace(file, run.resolve("state.json"));
    TrainingReport.write(
        "Earshot verifier training", state.options, progress, run.resolve("report.html"));
  }

  private VerifierState restoreState(String origin) throws IOException {
    Path file = run.resolve("state.json");
    if (!Files.exists(file)) {
      VerifierState state = new VerifierState();
      state.options = options;
      state.origin = origin;
      return state;
    }
    VerifierState state = json.readValue(file.toFile(), VerifierState.class);
    if (!state.options.equals(options) || !state.origin.equals(origin)) {
      throw new IOException(
          run
              + " holds a run with other options or another device model; name another folder, or"
              + " repeat these: "
              + state.options);
    }
    log.println("resuming " + run + " after update " + state.progress.iteration);
    return state;
  }

  private static void replace(Path fresh, Path file) throws IOException {
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static ThreadFactory daemon(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
