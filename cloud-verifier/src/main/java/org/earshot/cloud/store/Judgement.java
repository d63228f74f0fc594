package org.earshot.cloud.store;

import java.time.Instant;
import java.util.List;
import org.earshot.event.Verdict;

/**
 * What the second step says of an event.
 *
 * @param verdict {@link Verdict#UNVERIFIED} when the deadline passed without an answer
 * @param probability of the event, 0 to 1
 * @param model which said so; several, joined by " + ", when they were fused
 * @param at when
 * @param scores of every model that was asked; most probable sounds first
 */
public record Judgement(
    Verdict verdict, double probability, String model, Instant at, List<ModelScore> scores) {
  /** Copies the scores. */
  public Judgement {
    scores = List.copyOf(scores);
  }
}
