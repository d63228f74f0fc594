package org.earshot.training;

import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.graph.ComputationGraphUpdater;
import org.deeplearning4j.util.ModelSerializer;

/**
 * A graph whose labels are rows, one a step of each example, while its inputs are sequences.
 *
 * <p>DL4J takes the batch size from the labels as soon as there are any. With labels as rows that
 * is steps times too many, and {@code FeedForwardToRnnPreProcessor} then makes sequences of one
 * step: an LSTM above dense layers would be trained without its past. Here the inputs give the
 * batch size.
 */
public final class SequenceGraph extends ComputationGraph {
  private static final long serialVersionUID = 1;

  public SequenceGraph(ComputationGraphConfiguration configuration) {
    super(configuration);
  }

  /**
   * Reads a graph that {@link ModelSerializer} wrote.
   *
   * @param updater whether to go on with the optimiser's state
   */
  public static SequenceGraph read(Path file, boolean updater) throws IOException {
    ComputationGraph read = ModelSerializer.restoreComputationGraph(file.toFile(), updater);
    SequenceGraph graph = new SequenceGraph(read.getConfiguration());
    graph.init(read.params(), true);
    if (updater) {
      graph.setUpdater(
          new ComputationGraphUpdater(graph, read.getUpdater().getUpdaterStateViewArray()));
    }
    return graph;
  }

  @Override
  public int batchSize() {
    return (int) getInput(0).size(0);
  }
}
