package org.earshot.benchmarks.micro;

import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * DeepLearning4J's {@code rnnTimeStep} of 2 x 128 LSTM units over 128 inputs and one output, random
 * weights. Runs on the trainer's class path.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class DeepLearning4jStepBenchmark {
  private static final int UNITS = 128;

  private MultiLayerNetwork network;
  private INDArray input; // [1][UNITS]

  /** Makes the network. */
  @Setup
  public void setUp() {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .list()
            .layer(new LSTM.Builder().nOut(UNITS).activation(Activation.TANH).build())
            .layer(new LSTM.Builder().nOut(UNITS).activation(Activation.TANH).build())
            .layer(
                new RnnOutputLayer.Builder(LossFunction.XENT)
                    .nOut(1)
                    .activation(Activation.SIGMOID)
                    .build())
            .setInputType(InputType.recurrent(UNITS))
            .build();
    network = new MultiLayerNetwork(configuration);
    network.init();
    input = Nd4j.create(Inputs.steps(1, UNITS)[0]).reshape(1, UNITS);
  }

  @Benchmark
  public INDArray step() {
    return network.rnnTimeStep(input);
  }
}
