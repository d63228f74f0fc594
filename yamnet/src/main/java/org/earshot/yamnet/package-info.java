/**
 * YAMNet on TensorFlow Lite, and which of its classes may stand for an event.
 *
 * <p>The classes' names need no native library, so a module that only maps them does not get one:
 * TensorFlow Lite's binding needs another JavaCPP than DeepLearning4J's, and the two must never
 * share a class path. A module that runs the model names the binding itself.
 */
package org.earshot.yamnet;
