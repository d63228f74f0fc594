package org.earshot.training;

/**
 * One scene as the network sees it.
 *
 * @param inputs [steps][inputs], int8 as on the device
 * @param targets [steps][outputs], 0 or 1
 * @param weights [steps][outputs], 0 where a target is neither right nor wrong
 */
public record Example(byte[] inputs, byte[] targets, float[] weights) {}
