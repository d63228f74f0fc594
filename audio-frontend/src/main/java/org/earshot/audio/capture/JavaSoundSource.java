package org.earshot.audio.capture;

import java.io.IOException;

/**
 * A microphone through Java Sound, which on Linux is ALSA.
 *
 * <p>A device is named by its index in {@link CaptureDevices#list}, by its name, or by a part of
 * its name or description ("hw:1", "USB"); null takes the system's default. It is read at 48 kHz in
 * mono if it can be, else at what it offers, averaged over its channels, and resampled here: ALSA's
 * own conversion of rates aliases. Immutable. Needs the module java.desktop when it is opened, and
 * not before.
 */
public final class JavaSoundSource implements CaptureSource {
  private final String device; // null: the default
  private final int sampleRateHz; // 0: what fits best
  private final int channels; // 0: what fits best

  /** The device as named above, or null. */
  public JavaSoundSource(String device) {
    this(device, 0, 0);
  }

  /**
   * As {@link #JavaSoundSource(String)}, in this format only.
   *
   * @param sampleRateHz 8000 to 192000
   * @param channels 1 to 32
   */
  public static JavaSoundSource withFormat(String device, int sampleRateHz, int channels) {
    if (sampleRateHz < 8_000 || sampleRateHz > 192_000 || channels < 1 || channels > 32) {
      throw new IllegalArgumentException(
          sampleRateHz + " Hz and " + channels + " channels; give 8000 to 192000 and 1 to 32");
    }
    return new JavaSoundSource(device, sampleRateHz, channels);
  }

  private JavaSoundSource(String device, int sampleRateHz, int channels) {
    this.device = device == null || device.isBlank() ? null : device.strip();
    this.sampleRateHz = sampleRateHz;
    this.channels = channels;
  }

  @Override
  public String name() {
    return device == null ? "default microphone" : "microphone " + device;
  }

  @Override
  public boolean isFinite() {
    return false;
  }

  @Override
  public Stream open() throws IOException {
    try {
      return JavaSoundDevices.open(device, sampleRateHz, channels);
    } catch (LinkageError e) {
      throw noJavaSound(e);
    }
  }

  static IOException noJavaSound(LinkageError e) {
    return new IOException(
        "this Java has no sound (module java.desktop and ALSA's library); capture with arecord or"
            + " parec instead",
        e);
  }
}
