package org.earshot.verification;

import java.util.Map;

/**
 * A trigger and what was said about its clip.
 *
 * @param scores of the models that do not depend on a fit, 0 to 1, by name
 * @param yamnet score of each variant of YAMNet's classes for the event, in the order of {@link
 *     org.earshot.evaluation.PeerMapping#yamnet}; empty without YAMNet
 */
@SuppressWarnings("ArrayRecordComponent") // made once, compared nowhere
record ScoredTrigger(Trigger trigger, Map<String, Double> scores, double[] yamnet) {
  ScoredTrigger {
    scores = Map.copyOf(scores);
  }
}
