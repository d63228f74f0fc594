package org.earshot.training;

import java.util.concurrent.ExecutorService;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Gives a graph's layers what makes them fast on a processor (ADR 0010). */
public final class FastLayers {
  private FastLayers() {}

  /**
   * Lets the LSTM layers and the convolutions of a graph share each batch among threads.
   *
   * @param executor runs all but the first share; not needed for one thread
   */
  public static void install(ComputationGraph graph, ExecutorService executor, int threads) {
    BlasLstmHelper.install(graph, executor, threads);
    BandConvolutionLayer.install(graph, executor, threads);
  }
}
