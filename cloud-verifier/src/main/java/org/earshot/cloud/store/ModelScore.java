package org.earshot.cloud.store;

/**
 * What one model said of one sound in a clip.
 *
 * @param model its name
 * @param label of the sound, in the model's own words
 * @param probability 0 to 1
 */
public record ModelScore(String model, String label, double probability) {}
