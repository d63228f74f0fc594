package org.earshot.model;

import java.util.Locale;

/** Argument checks of the model records; each message names the value that was refused. */
final class Checks {
  /** Bound of scales, biases and calibration: two scales times 2^24 stay far below 2^127. */
  static final float MAX_MAGNITUDE = 1e6f;

  /** Smallest scale: its inverse times a feature stays finite. */
  static final float MIN_SCALE = 1e-20f;

  private Checks() {}

  static void range(String name, int value, int minimum, int maximum) {
    if (value < minimum || value > maximum) {
      throw new IllegalArgumentException(
          name + " is " + value + ", wanted " + minimum + " to " + maximum);
    }
  }

  /** A quantisation step: within bounds that keep every product of the network finite. */
  static void scale(String name, float value) {
    between(name, value, MIN_SCALE, MAX_MAGNITUDE);
  }

  /** A bias or calibration value. */
  static void magnitude(String name, float value) {
    between(name, value, -MAX_MAGNITUDE, MAX_MAGNITUDE);
  }

  static void between(String name, float value, float minimum, float maximum) {
    if (!(value >= minimum && value <= maximum)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s is %s, wanted %s to %s", name, value, minimum, maximum));
    }
  }

  static void length(String name, int length, int wanted) {
    if (length != wanted) {
      throw new IllegalArgumentException(name + " has " + length + " values, wanted " + wanted);
    }
  }
}
