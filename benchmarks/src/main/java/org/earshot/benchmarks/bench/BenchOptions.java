package org.earshot.benchmarks.bench;

/**
 * Where things are.
 *
 * @param root the checkout
 * @param java the JVM to measure
 * @param yamnet YAMNet's TensorFlow Lite model, or null
 * @param benchmarkClassPath of this module
 * @param trainerClassPath with DeepLearning4J and its native libraries
 */
record BenchOptions(
    String root, String java, String yamnet, String benchmarkClassPath, String trainerClassPath) {
  /** Returns a class path; the two differ in the native libraries that they bring. */
  String classPath(boolean deepLearning4j) {
    if (!deepLearning4j) {
      return benchmarkClassPath;
    }
    return trainerClassPath + System.getProperty("path.separator") + benchmarkClassPath;
  }
}
