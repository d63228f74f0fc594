package org.earshot.evaluation;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.audio.feature.LogMelExtractor;
import org.earshot.audio.feature.Normalization;
import org.earshot.audio.wav.WavWriter;

/** Pictures and sound of an example as data URIs, so that a report stays one file. */
final class ExampleMedia {

  private static final double NATURAL_LOG_RANGE = 12; // about 52 dB of power below the peak

  // Anchor colours from quiet to loud, evenly spaced, of matplotlib's "inferno" (CC0).
  private static final int[] COLOURS = {0x000004, 0x420a68, 0x932667, 0xdd513a, 0xfca50a, 0xfcffa4};

  private ExampleMedia() {}

  /** A mel spectrogram, low bands at the bottom, one column for every 10 ms frame. */
  static String spectrogram(float[] samples) {
    FeatureSpec spec = FeatureSpec.standard(Normalization.LOG);
    List<float[]> frames = new ArrayList<>();
    new LogMelExtractor(spec)
        .push(samples, 0, samples.length, (index, features) -> frames.add(features.clone()));
    int width = Math.max(1, frames.size());
    BufferedImage image = new BufferedImage(width, spec.melBands(), BufferedImage.TYPE_INT_RGB);
    float loudest = Float.NEGATIVE_INFINITY;
    for (float[] frame : frames) {
      for (float value : frame) {
        loudest = Math.max(loudest, value);
      }
    }
    for (int x = 0; x < frames.size(); x++) {
      for (int band = 0; band < spec.melBands(); band++) {
        double share = 1 - (loudest - frames.get(x)[band]) / NATURAL_LOG_RANGE;
        image.setRGB(x, spec.melBands() - 1 - band, colour(share));
      }
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
  }

  static int colour(double share) {
    double at = Math.max(0, Math.min(1, share)) * (COLOURS.length - 1);
    int low = Math.min((int) at, COLOURS.length - 2);
    double mix = at - low;
    int colour = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int from = (COLOURS[low] >> shift) & 0xff;
      int to = (COLOURS[low + 1] >> shift) & 0xff;
      colour |= (int) Math.round(from + mix * (to - from)) << shift;
    }
    return colour;
  }

  /** The samples as 16-bit WAV at 16 kHz, brought to a peak of -3 dBFS where they are quieter. */
  static String wav(float[] samples) {
    float peak = 1e-4f;
    for (float sample : samples) {
      peak = Math.max(peak, Math.abs(sample));
    }
    float gain = Math.max(1f, 0.7f / peak);
    float[] louder = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      louder[i] = gain * samples[i];
    }
    byte[] wav = WavWriter.bytes(louder, SoundExample.SAMPLE_RATE_HZ);
    return "data:audio/wav;base64," + Base64.getEncoder().encodeToString(wav);
  }
}
