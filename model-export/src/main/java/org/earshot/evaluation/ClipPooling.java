package org.earshot.evaluation;

/**
 * How the scores of the parts of a clip become the score of the clip.
 *
 * <p>Source of both: Wang, Li and Metze, "A comparison of five multiple instance learning pooling
 * functions for sound event detection with weak labeling", ICASSP 2019.
 */
enum ClipPooling {
  /** The mean of the scores, each weighted with itself: long evidence counts for more. */
  LINEAR_SOFTMAX {
    @Override
    float of(float[] scores) {
      double sum = 0;
      double squares = 0;
      for (float score : scores) {
        sum += score;
        squares += (double) score * score;
      }
      return sum > 0 ? (float) (squares / sum) : 0;
    }
  },
  /** The highest score: one moment decides. */
  MAXIMUM {
    @Override
    float of(float[] scores) {
      float highest = 0;
      for (float score : scores) {
        highest = Math.max(highest, score);
      }
      return highest;
    }
  };

  /**
   * The clip's score.
   *
   * @param scores of its parts, in [0, 1]; 0 for none
   */
  abstract float of(float[] scores);
}
