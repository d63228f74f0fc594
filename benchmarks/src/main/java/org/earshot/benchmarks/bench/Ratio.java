package org.earshot.benchmarks.bench;

import java.util.List;

/**
 * How often one goes into another, and what is wanted: at least, or where {@code atMost}, at most.
 *
 * @param name what the ratio says
 * @param slower the numerator
 * @param faster the denominator
 * @param wanted the bound
 * @param atMost whether the bound is an upper one
 */
record Ratio(String name, Contender slower, Contender faster, double wanted, boolean atMost) {
  static final List<Ratio> ALL =
      List.of(
          least("PCM to alerts: YAMNet / plain", Contender.CHAIN_YAMNET, Contender.CHAIN_LANES, 25),
          least(
              "PCM to alerts: YAMNet / vector", Contender.CHAIN_YAMNET, Contender.CHAIN_VECTOR, 25),
          least("LSTM: ONNX float / plain", Contender.STEP_ONNX_FLOAT, Contender.STEP_LANES, 1),
          least("LSTM: ONNX int8 / plain", Contender.STEP_ONNX_INT8, Contender.STEP_LANES, 1),
          least("LSTM: ONNX float / vector", Contender.STEP_ONNX_FLOAT, Contender.STEP_VECTOR, 3),
          least("LSTM: ONNX int8 / vector", Contender.STEP_ONNX_INT8, Contender.STEP_VECTOR, 3),
          least("LSTM: DeepLearning4J / plain", Contender.STEP_DL4J, Contender.STEP_LANES, 1),
          least("int8: bare loop / vector", Contender.PRODUCT_LIMIT, Contender.PRODUCT_VECTOR, 0.5),
          least("int8: bare loop / plain", Contender.PRODUCT_LIMIT, Contender.PRODUCT_LANES, 0),
          new Ratio(
              "front end: log-mel / bare FFT",
              Contender.FRAME_LOG_MEL,
              Contender.FRAME_FFT,
              1.6,
              true),
          least(
              "front end: TarsosDSP MFCC / log-mel",
              Contender.FRAME_MFCC,
              Contender.FRAME_LOG_MEL,
              2));

  private static Ratio least(String name, Contender slower, Contender faster, double wanted) {
    return new Ratio(name, slower, faster, wanted, false);
  }

  boolean met(double value) {
    return atMost ? value <= wanted : value >= wanted;
  }
}
