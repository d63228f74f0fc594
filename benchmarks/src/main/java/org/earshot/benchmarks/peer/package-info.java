/**
 * Peers that Earshot is measured against, each run in a process of its own.
 *
 * <p>YAMNet runs on TensorFlow Lite through bytedeco's binding, whose JavaCPP is another version
 * than the one that DeepLearning4J's native back end needs. The two must never share a class path,
 * so this module's main class is started as a child process by {@code earshot evaluate --peer
 * yamnet=PATH} and talks to it through files.
 */
package org.earshot.benchmarks.peer;
