/**
 * The streaming network: stacked frames through the shared int8 convolutions and LSTM layers, and
 * one posterior per head.
 *
 * <p>Weights are immutable and shared; a stream's state is its own. Needs java.base only.
 */
package org.earshot.network;
