/**
 * Training of the device model with DeepLearning4J: examples from simulated scenes, the network,
 * the loop with checkpoints, and its report.
 */
package org.earshot.training;
