package org.earshot.training;

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
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
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
import org.earshot.simulation.SceneSimulator;
import org.earshot.simulation.SceneSpec;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The training loop: batches, updates, a running average of weights, validation, checkpoints.
 *
 * <p>The run folder holds {@code model.zip} (network and optimiser at the last validation), {@code
 * average.bin} (averaged weights then), {@code best.zip} (averaged weights of the best validation;
 * this is what is exported), {@code state.json} and {@code report.html}. A run that was interrupted
 * goes on from its last validation.
 */
public final class Trainer {
  private static final long VALIDATION_SEED = 7_000_000L;

  private final ClipLibrary library;
  private final ClipTags tags;
  private final Path run;
  private final TrainingOptions options;
  private final int threads;
  private final PrintStream log;
  private final boolean terminal;
  private final ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * @param tags what a teacher heard in the library's clips; the options name the classes
   * @param run folder of the run; made when it is not there
   * @param threads for the network; scenes are rendered on as many more
   * @param log where progress goes
   * @param terminal whether {@code log} is a terminal
   */
  public Trainer(
      ClipLibrary library,
      ClipTags tags,
      Path run,
      TrainingOptions options,
      int threads,
      PrintStream log,
      boolean terminal) {
    this.library = library;
    this.tags = tags;
    this.run = run;
    this.options = options;
    this.threads = threads;
    this.log = log;
    this.terminal = terminal;
  }

  /**
   * Trains until the iterations are done or validation stops improving.
   *
   * @throws IOException if the run folder cannot be read or written, or holds a run with other
   *     options
   */
  public RunState train() throws IOException {
    return train(Integer.MAX_VALUE);
  }

  /** As {@link #train()}, but stops after so many updates, as if it had been interrupted there. */
  RunState train(int stopAfter) throws IOException {
    Files.createDirectories(run);
    ExecutorService network = Executors.newFixedThreadPool(threads, daemon("lstm"));
    ExecutorService rendering = Executors.newFixedThreadPool(threads, daemon("scenes"));
    try {
      return train(network, rendering, stopAfter);
    } finally {
      network.shutdownNow();
      rendering.shutdownNow();
    }
  }

  private RunState train(
      ExecutorService networkThreads, ExecutorService renderingThreads, int stopAfter)
      throws IOException {
    RunState state = restoreState();
    ComputationGraph graph =
        state.iteration == 0 ? begin(options) : SequenceGraph.read(run.resolve("model.zip"), true);
    INDArray average =
        state.iteration == 0
            ? graph.params().dup()
            : Nd4j.readBinary(run.resolve("average.bin").toFile());
    List<BlasLstmHelper> helpers = BlasLstmHelper.install(graph, networkThreads, threads);
    ComputationGraph averaged = DeviceNetwork.create(options);
    BlasLstmHelper.install(averaged, networkThreads, threads);
    BandConvolutionLayer.install(graph, networkThreads, threads);
    BandConvolutionLayer.install(averaged, networkThreads, threads);

    ExampleEncoder encoder = new ExampleEncoder(options, tags);
    log.println("rendering " + options.validationStreams() + " validation streams");
    Validation validation = new Validation(validationStreams(encoder, renderingThreads), options);
    SceneSimulator scenes = new SceneSimulator(library, Part.TRAIN, firstScenes(options));
    SceneBatches batches =
        new SceneBatches(
            scenes,
            scenes.with(laterScenes(options)),
            encoder,
            options,
            state.iteration,
            renderingThreads);
    ProgressBar bar =
        new ProgressBar(log, terminal, state.iteration, options.iterations(), System.nanoTime());
    double loss = 0;
    long started = System.nanoTime();
    double secondsBefore = state.trainingSeconds;
    int end = Math.min(stopAfter, options.iterations());
    while (state.iteration < end && !state.isExhausted()) {
      int iteration = state.iteration;
      List<Example> batch = batches.next(iteration);
      boolean firstOfEpoch = iteration % options.epochIterations() == 0;
      if (firstOfEpoch) { // so that a resumed run draws the same dropout
        Nd4j.getRandom().setSeed(options.seed() * 31 + iteration);
      }
      carryStates(helpers, iteration, firstOfEpoch);
      graph.setLearningRate(options.learningRateAt(iteration));
      graph.fit(DeviceNetwork.pack(batch, options));
      loss += graph.score() * options.steps();
      double decay = Math.min(options.averaging(), (1.0 + iteration) / (10.0 + iteration));
      average.muli(decay).addi(graph.params().mul(1 - decay));
      state.iteration++;
      state.trainingSeconds = secondsBefore + (System.nanoTime() - started) / 1e9;
      int inEpoch = (iteration % options.epochIterations()) + 1;
      double speed =
          options.batch()
              * options.sceneSeconds()
              * (state.iteration - bar.firstUpdate())
              / ((System.nanoTime() - started) / 1e9);
      bar.update(
          state.iteration,
          String.format(Locale.ROOT, "loss %.4f  %.0f x real time", loss / inEpoch, speed),
          System.nanoTime());
      if (state.iteration % options.epochIterations() == 0
          || state.iteration == options.iterations()) {
        averaged.setParams(average);
        finishEpoch(state, loss / inEpoch, graph, averaged, average, validation, bar);
        loss = 0;
      }
    }
    return state;
  }

  /** A network before its first update. */
  static ComputationGraph begin(TrainingOptions options) throws IOException {
    ComputationGraph graph = DeviceNetwork.create(options);
    if (options.from() != null) {
      Path weights = Path.of(options.from()).resolve("best.zip");
      INDArray parameters = SequenceGraph.read(weights, false).params();
      if (parameters.length() != graph.numParams()) {
        throw new IOException(
            String.format(
                "%s: %d weights; this network has %d, so give that run's options for its layers",
                weights, parameters.length(), graph.numParams()));
      }
      graph.setParams(parameters);
    }
    return graph;
  }

  /** Many clear events to a scene: the most to learn from an update. */
  private static SceneSpec firstScenes(TrainingOptions options) {
    return laterScenes(options).withRatioRangeDb(6, 30).withEmptyShare(0.05).withMostEvents(4);
  }

  /** Scenes a little easier than the preset: no event below 0 dB, two at most. */
  private static SceneSpec laterScenes(TrainingOptions options) {
    return SceneSpec.training()
        .withDurationSeconds(options.sceneSeconds())
        .withRatioRangeDb(0, 30)
        .withEmptyShare(0.2)
        .withMostEvents(2)
        .withClassWeights(Map.of("door_close", 1.6, "glass_break", 1.4, "door_knock", 1.3))
        .withDistractorsPerScene(1);
  }

  private void finishEpoch(
      RunState state,
      double loss,
      ComputationGraph graph,
      ComputationGraph averaged,
      INDArray average,
      Validation validation,
      ProgressBar bar)
      throws IOException {
    double[] precisions = validation.averagePrecision(averaged);
    double mean = Validation.mean(precisions);
    List<Double> rounded = Arrays.stream(precisions).boxed().toList();
    state.epochs.add(new RunState.Epoch(state.iteration, loss, mean, rounded));
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(
            Locale.ROOT, "update %d  loss %.4f  mean AP %.4f ", state.iteration, loss, mean));
    for (int i = 0; i < precisions.length; i++) {
      line.append(
          String.format(Locale.ROOT, " %s %.2f", EventLabels.STANDARD.get(i), precisions[i]));
    }
    bar.message(line.toString());
    if (mean > state.best) {
      state.best = mean;
      state.bestEpoch = state.epochs.size() - 1;
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
    TrainingReport.write("Earshot training", state.options, state, run.resolve("report.html"));
  }

  /** Some of the scenes start in the state that the last batch ended in, unless there is none. */
  private void carryStates(List<BlasLstmHelper> helpers, int iteration, boolean none) {
    SplittableRandom random = new SplittableRandom(options.seed() * 7_919L + iteration);
    boolean[] rows = new boolean[options.batch()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.nextDouble() < options.carryShare() && !none;
    }
    helpers.forEach(helper -> helper.carry(rows));
  }

  private List<Example> validationStreams(ExampleEncoder encoder, ExecutorService executor) {
    SceneSpec spec = SceneSpec.validationStream();
    SceneSimulator simulator = new SceneSimulator(library, Part.VALIDATION, spec);
    int steps = (int) (spec.durationSeconds() / options.stepSeconds()) - 1;
    List<Future<Example>> futures = new ArrayList<>();
    for (int i = 0; i < options.validationStreams(); i++) {
      long seed = VALIDATION_SEED + i;
      futures.add(executor.submit(() -> encoder.encode(simulator.render(seed), steps)));
    }
    List<Example> examples = new ArrayList<>();
    try {
      for (Future<Example> future : futures) {
        examples.add(future.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("training was interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a validation stream could not be rendered", e.getCause());
    }
    return examples;
  }

  private RunState restoreState() throws IOException {
    Path file = run.resolve("state.json");
    if (!Files.exists(file)) {
      RunState state = new RunState();
      state.options = options;
      return state;
    }
    RunState state = json.readValue(file.toFile(), RunState.class);
    if (!state.options.equals(options)) {
      throw new IOException(
          run
              + " holds a run with other options; name another folder, or repeat these: "
              + state.options);
    }
    log.println("resuming " + run + " after update " + state.iteration);
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
