package org.earshot.model;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A base and the heads that fit it, in the order of {@link EventLabels}; other labels follow by
 * name.
 *
 * @param base the shared network
 * @param heads at most {@link #MAX_HEADS}, one an event
 */
public record SoundModel(BaseModel base, List<HeadModel> heads) {
  /** Bound of the number of heads. */
  public static final int MAX_HEADS = 64;

  /** Throws IllegalArgumentException when a head does not fit the base or stands twice. */
  public SoundModel {
    Checks.range("heads", heads.size(), 0, MAX_HEADS);
    byte[] fingerprint = base.fingerprint();
    Set<String> events = new HashSet<>();
    for (HeadModel head : heads) {
      if (!Arrays.equals(fingerprint, head.baseFingerprint())) {
        throw new IllegalArgumentException(
            "head " + head.event() + " was trained on another base; export it again for this base");
      }
      Checks.range(
          "inputs of head " + head.event(), head.inputs(), base.headInputs(), base.headInputs());
      if (!events.add(head.event())) {
        throw new IllegalArgumentException("two heads are called " + head.event());
      }
    }
    heads =
        heads.stream().sorted(Comparator.comparing(HeadModel::event, EventLabels.ORDER)).toList();
  }

  /** Returns the labels of the heads, in their order. */
  public List<String> events() {
    return heads.stream().map(HeadModel::event).toList();
  }

  /**
   * Returns the model with the heads of the given events only; labels without a head are ignored.
   */
  public SoundModel select(Set<String> events) {
    return new SoundModel(
        base, heads.stream().filter(head -> events.contains(head.event())).toList());
  }
}
