package org.earshot.benchmarks.bench;

/** What is measured, by the part of the job that it does; one JVM each, one after the other. */
enum Contender {
  CHAIN_LANES("a second of sound, plain kernel", "ChainBenchmark.lanes"),
  CHAIN_VECTOR("a second of sound, Vector API kernel", "ChainBenchmark.vector"),
  CHAIN_YAMNET("a second of sound, YAMNet on TensorFlow Lite", "YamnetBenchmark.yamnet"),
  STEP_LANES("an LSTM step, plain kernel", "LstmStepBenchmark.lanes"),
  STEP_VECTOR("an LSTM step, Vector API kernel", "LstmStepBenchmark.vector"),
  STEP_ONNX_FLOAT("an LSTM step, ONNX Runtime in floats", "LstmStepBenchmark.onnxFloat"),
  STEP_ONNX_INT8("an LSTM step, ONNX Runtime in dynamic int8", "LstmStepBenchmark.onnxInt8"),
  STEP_DL4J("an LSTM step, DeepLearning4J", "DeepLearning4jStepBenchmark.step"),
  FRAME_LOG_MEL("a log-mel frame", "FeatureBenchmark.logMel"),
  FRAME_FFT("a bare transform of a frame, JTransforms", "FeatureBenchmark.bareFft"),
  FRAME_MFCC("an MFCC frame, TarsosDSP", "FeatureBenchmark.tarsosMfcc"),
  PRODUCT_LANES("an int8 multiply-add, plain kernel", "LimitBenchmark.lanes"),
  PRODUCT_VECTOR("an int8 multiply-add, Vector API kernel", "LimitBenchmark.vector"),
  PRODUCT_LIMIT("an int8 multiply-add, bare Vector API loop", "LimitBenchmark.multiplyAdd"),
  READ("a byte read from memory", "LimitBenchmark.read"),
  CLIP_VERIFIER("a clip of 10 s, verifier of the cloud side", "VerifierBenchmark.clip");

  private final String what;
  private final String benchmark;

  Contender(String what, String benchmark) {
    this.what = what;
    this.benchmark = benchmark;
  }

  /** What an operation is, in words. */
  String what() {
    return what;
  }

  /** Class and method, as JMH's names end. */
  String benchmark() {
    return benchmark;
  }

  boolean isYamnet() {
    return this == CHAIN_YAMNET;
  }

  boolean isDeepLearning4j() {
    return this == STEP_DL4J;
  }
}
