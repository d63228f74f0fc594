package org.earshot.cloud.web;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.audio.feature.LogMelExtractor;
import org.earshot.audio.feature.Normalization;

/**
 * Draws a clip as the models hear it: log-mel frames as a PNG, one column a frame, low bands at the
 * bottom.
 *
 * <p>Levels run from {@value #RANGE_DB} dB below the clip's loudest band, or from the quiet of its
 * background where that is higher, to the loudest. Of a long clip neighbouring frames share a
 * column; the louder one shows.
 */
final class Spectrogram {
  private static final int MAX_COLUMNS = 1500;
  private static final double RANGE_DB = 70;
  private static final double DB_PER_LN = 10 / Math.log(10);
  private static final float SILENT_PEAK = -18; // ln of energy: below, a clip counts as silence
  private static final int[] MARKS_HZ = {250, 500, 1000, 2000, 4000};

  /** Dark to bright, even in lightness; points of a line through colour space. */
  private static final int[] PALETTE_POINTS = {
    0x0b1020, 0x1b2350, 0x3a2f7d, 0x6f3f8f, 0xb0507f, 0xe27258, 0xf5a94a, 0xfbe6a2
  };

  private static final FeatureSpec SPEC = FeatureSpec.standard(Normalization.LOG);

  private Spectrogram() {}

  /** Returns where frequencies lie, as shares of the height from the bottom. */
  static List<Map<String, Object>> frequencyMarks() {
    return Arrays.stream(MARKS_HZ)
        .mapToObj(hz -> Json.object("hz", hz, "share", (SPEC.bandOf(hz) + 0.5) / SPEC.melBands()))
        .toList();
  }

  /** Returns the picture of samples at 16 kHz; of less than a frame one dark column. */
  static byte[] png(float[] samples) {
    int bands = SPEC.melBands();
    int frames = Math.max(0, (samples.length - SPEC.frameSamples()) / SPEC.hopSamples() + 1);
    int perColumn = Math.max(1, (frames + MAX_COLUMNS - 1) / MAX_COLUMNS);
    int columns = Math.max(1, (frames + perColumn - 1) / perColumn);
    float[] levels = new float[columns * bands]; // [columns][bands], ln of energy
    Arrays.fill(levels, Float.NEGATIVE_INFINITY);
    new LogMelExtractor(SPEC)
        .push(
            samples,
            0,
            samples.length,
            (frame, features) -> {
              int at = (int) (frame / perColumn) * bands;
              for (int band = 0; band < bands; band++) {
                levels[at + band] = Math.max(levels[at + band], features[band]);
              }
            });
    return encode(columns, bands, shades(levels));
  }

  /** Shades of 0 to 255. */
  private static byte[] shades(float[] levels) {
    float[] sorted = levels.clone();
    Arrays.sort(sorted);
    float peak = Math.max(SILENT_PEAK, sorted[sorted.length - 1]);
    double floor =
        Math.max(peak - RANGE_DB / DB_PER_LN, sorted[sorted.length / 10]); // a tenth is background
    double range = Math.max(1, peak - floor);
    byte[] shades = new byte[levels.length];
    for (int i = 0; i < levels.length; i++) {
      double share = Math.max(0, Math.min(1, (levels[i] - floor) / range));
      shades[i] = (byte) Math.round(255 * share);
    }
    return shades;
  }

  /** PNG with a palette (ISO 15948): rows from the top, each after a filter byte of 0. */
  private static byte[] encode(int columns, int bands, byte[] shades) {
    byte[] rows = new byte[bands * (columns + 1)];
    for (int band = 0; band < bands; band++) {
      int row = (bands - 1 - band) * (columns + 1) + 1;
      for (int column = 0; column < columns; column++) {
        rows[row + column] = shades[column * bands + band];
      }
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream(rows.length / 2 + 1024);
    png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    ByteBuffer header = ByteBuffer.allocate(13).putInt(columns).putInt(bands);
    header.put(new byte[] {8, 3, 0, 0, 0}); // 8 bits, palette
    chunk(png, "IHDR", header.array(), header.capacity());
    chunk(png, "PLTE", palette(), 3 * 256);
    byte[] packed = new byte[rows.length + rows.length / 100 + 64];
    Deflater deflater = new Deflater(6);
    try {
      deflater.setInput(rows);
      deflater.finish();
      chunk(png, "IDAT", packed, deflater.deflate(packed));
    } finally {
      deflater.end();
    }
    chunk(png, "IEND", new byte[0], 0);
    return png.toByteArray();
  }

  private static byte[] palette() {
    byte[] palette = new byte[3 * 256];
    int steps = PALETTE_POINTS.length - 1;
    for (int shade = 0; shade < 256; shade++) {
      double place = shade / 255.0 * steps;
      int from = Math.min(steps - 1, (int) place);
      for (int colour = 0; colour < 3; colour++) {
        int shift = 16 - 8 * colour;
        int low = PALETTE_POINTS[from] >> shift & 0xff;
        int high = PALETTE_POINTS[from + 1] >> shift & 0xff;
        palette[3 * shade + colour] = (byte) Math.round(low + (place - from) * (high - low));
      }
    }
    return palette;
  }

  private static void chunk(ByteArrayOutputStream png, String type, byte[] data, int length) {
    ByteBuffer chunk = ByteBuffer.allocate(12 + length).putInt(length);
    chunk.put(type.getBytes(StandardCharsets.US_ASCII)).put(data, 0, length);
    CRC32 crc = new CRC32();
    crc.update(chunk.array(), 4, 4 + length);
    chunk.putInt((int) crc.getValue());
    png.writeBytes(chunk.array());
  }
}
