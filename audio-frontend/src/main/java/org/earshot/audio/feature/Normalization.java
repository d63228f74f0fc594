package org.earshot.audio.feature;

/** How band energies are made independent of level, microphone colour and steady noise. */
public enum Normalization {
  /** Natural logarithm of band energy, as it is. */
  LOG,
  /** Natural logarithm less its running mean in each band; see {@link FeatureSpec}. */
  RUNNING_MEAN,
  /** Per-channel energy normalisation (Wang et al., ICASSP 2017); see {@link FeatureSpec}. */
  PCEN
}
