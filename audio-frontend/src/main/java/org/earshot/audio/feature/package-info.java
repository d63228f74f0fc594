/**
 * Log-mel features: the one description of them ({@link org.earshot.audio.feature.FeatureSpec}) and
 * the streaming extractor that training, device and cloud share. Needs {@code java.base} and
 * JTransforms only.
 */
package org.earshot.audio.feature;
