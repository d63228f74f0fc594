package org.earshot.verification;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.earshot.audio.AudioFiles;
import org.earshot.dataset.ClipTags;
import org.earshot.model.EventLabels;
import org.earshot.quantize.FloatConvolution;
import org.earshot.quantize.FloatLstm;
import org.earshot.training.ExampleEncoder;
import org.earshot.training.GraphWeights;
import org.earshot.training.SequenceGraph;
import org.earshot.verifier.ConvolutionWeights;
import org.earshot.verifier.LstmWeights;
import org.earshot.verifier.VerifierModel;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The best network of a training run, as DL4J holds it. Not thread-safe. */
final class TrainedVerifier {
  private final ComputationGraph graph;
  private final VerifierOptions options;

  TrainedVerifier(ComputationGraph graph, VerifierOptions options) {
    this.graph = graph;
    this.options = options;
  }

  /**
   * Reads the best network of a run.
   *
   * @throws IOException if the folder holds no finished validation
   */
  static TrainedVerifier read(Path run) throws IOException {
    if (!Files.isRegularFile(run.resolve("best.zip"))) {
      throw new IOException(
          run + ": no best.zip here; 'train-verifier --run " + run + "' makes it");
    }
    return new TrainedVerifier(
        SequenceGraph.read(run.resolve("best.zip"), false), state(run).options);
  }

  /** How a run went. */
  static VerifierState state(Path run) throws IOException {
    return new ObjectMapper().readValue(run.resolve("state.json").toFile(), VerifierState.class);
  }

  /** The weights that ship: without the auxiliary outputs, normalisation folded in. */
  VerifierModel toModel() {
    GraphWeights weights = new GraphWeights(graph);
    List<ConvolutionWeights> convolutions =
        weights.convolutions(VerifierGraph.FRONT, options.front()).stream()
            .map(TrainedVerifier::convolution)
            .toList();
    INDArray heads = graph.getParam(VerifierGraph.HEADS + "_W"); // [2*hidden][outputs]
    INDArray bias = graph.getParam(VerifierGraph.HEADS + "_b"); // [outputs]
    int events = EventLabels.STANDARD.size();
    int units = (int) heads.size(0);
    float[] headWeights = new float[events * units];
    float[] headBias = new float[events];
    for (int event = 0; event < events; event++) {
      for (int unit = 0; unit < units; unit++) {
        headWeights[event * units + unit] = heads.getFloat(unit, event);
      }
      headBias[event] = bias.getFloat(event);
    }
    return new VerifierModel(
        options.device().features().fingerprint(),
        options.device().features().melBands(),
        options.device().stackFrames(),
        options.joinedSteps(),
        options.device().inputScale(),
        convolutions,
        lstm(weights.lstm(VerifierGraph.FORWARD)),
        lstm(weights.lstm(VerifierGraph.BACKWARD)),
        EventLabels.STANDARD,
        headWeights,
        headBias);
  }

  private static ConvolutionWeights convolution(FloatConvolution layer) {
    return new ConvolutionWeights(
        layer.inputChannels(),
        layer.inputBands(),
        layer.kernelBands(),
        layer.strideBands(),
        layer.taps(),
        layer.outputChannels(),
        layer.weights(),
        layer.bias());
  }

  private static LstmWeights lstm(FloatLstm layer) {
    return new LstmWeights(
        layer.inputs(),
        layer.hidden(),
        layer.inputWeights(),
        layer.recurrentWeights(),
        layer.bias());
  }

  /**
   * DL4J's own probabilities of a clip of the run's length.
   *
   * @param samples 16 kHz mono
   * @return [outputs]
   */
  float[] probabilities(float[] samples) {
    byte[] inputs =
        new ExampleEncoder(options.encoding(), ClipTags.NONE).inputs(samples, options.steps());
    INDArray frames = VerifierGraph.frames(List.of(inputs), options);
    return VerifierGraph.clipProbabilities(graph, frames, options.steps())[0];
  }

  /** A clip of the run's length: bursts of noise and tones over a quiet noise. */
  float[] bursts(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] samples = new float[(int) (options.clipSeconds() * AudioFiles.SAMPLE_RATE_HZ)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) random.nextDouble(-0.002, 0.002);
    }
    for (int burst = 0; burst < 6; burst++) {
      int first = random.nextInt(samples.length / 2);
      int length = random.nextInt(samples.length / 3);
      double hz = random.nextDouble(200, 4_000);
      for (int i = first; i < first + length; i++) {
        double tone = 0.2 * StrictMath.sin(2 * Math.PI * hz * i / AudioFiles.SAMPLE_RATE_HZ);
        samples[i] += (float) (burst % 2 == 0 ? tone : random.nextDouble(-0.1, 0.1));
      }
    }
    return samples;
  }
}
