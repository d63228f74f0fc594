package org.earshot.cloud.verify;

import java.util.List;
import org.earshot.cloud.store.ModelScore;
import org.earshot.event.Verdict;

/**
 * What a verifier thinks of a clip.
 *
 * @param verdict confirmed, rejected or unsure
 * @param probability of the event, 0 to 1
 * @param scores of the models that were asked, most probable sounds first
 */
public record Opinion(Verdict verdict, double probability, List<ModelScore> scores) {
  /** Copies the scores. */
  public Opinion {
    scores = List.copyOf(scores);
  }
}
