/**
 * Sound as it happens: microphones, programs and recordings as endless 16 kHz mono streams that
 * survive what happens to microphones (docs/capture.md).
 *
 * <p>{@link org.earshot.audio.capture.Capture} owns a thread, a bounded ring and the counting of
 * time; a {@link org.earshot.audio.capture.CaptureSource} says where the samples come from. Only
 * the classes named JavaSound touch javax.sound, so that a run-time image without java.desktop can
 * use the others.
 */
package org.earshot.audio.capture;
