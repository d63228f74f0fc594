package org.earshot.simulation;

import org.earshot.dataset.Clip;

/**
 * Clips whose label is wrong because a blind cut of a long file left them without their sound.
 *
 * <p>Closing doors are the case at hand: a set of one-second cuts of long recordings, many of which
 * lie between two slams. Such a clip is neither trained on nor counted.
 */
public final class EmptyClips {
  private static final double SLAM_DYNAMIC_DB = 16;
  private static final float SLAM_PEAK = 0.004f;

  private EmptyClips() {}

  /** Whether nothing in the clip stands out, or all of it is at the noise floor. */
  public static boolean lacksItsSound(Clip clip) {
    return clip.label().equals("door_close")
        && (ActiveRegionFinder.dynamicDb(clip.samples()) < SLAM_DYNAMIC_DB
            || Signal.peak(clip.samples()) < SLAM_PEAK);
  }
}
