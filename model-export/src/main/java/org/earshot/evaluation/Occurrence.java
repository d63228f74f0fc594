package org.earshot.evaluation;

/**
 * One event that really happened in a stream.
 *
 * @param label event label, such as {@code door_knock}
 * @param onsetSeconds where it begins
 * @param offsetSeconds where it ends; not before the onset
 * @param eventToBackgroundDb how loud it is against its background, NaN when unknown
 */
public record Occurrence(
    String label, double onsetSeconds, double offsetSeconds, double eventToBackgroundDb) {

  public Occurrence {
    if (!(offsetSeconds >= onsetSeconds)) {
      throw new IllegalArgumentException(
          label + " ends at " + offsetSeconds + " s, before its onset at " + onsetSeconds + " s");
    }
  }
}
