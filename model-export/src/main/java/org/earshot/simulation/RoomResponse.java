package org.earshot.simulation;

/**
 * Response from a source to the microphone; the direct sound is at sample 0 with gain near 1.
 *
 * @param taps impulse response at 16 kHz
 * @param spectra the same, as {@link Convolver#spectra} made it
 * @param distanceMetres source to microphone
 * @param description size or recording, and what lies between
 */
@SuppressWarnings("ArrayRecordComponent")
record RoomResponse(float[] taps, float[][] spectra, double distanceMetres, String description) {

  /** near (below 1.5 m), mid (below 4 m) or far. */
  String distanceClass() {
    return distanceMetres < 1.5 ? "near" : distanceMetres < 4 ? "mid" : "far";
  }
}
