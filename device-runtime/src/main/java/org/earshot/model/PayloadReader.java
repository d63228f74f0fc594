package org.earshot.model;

import java.nio.charset.StandardCharsets;

/**
 * Reads little-endian values between two offsets of a file held in memory; the mirror of {@link
 * PayloadWriter}.
 *
 * <p>Every read checks what is left before it allocates, so memory is bounded by the file's real
 * length. Errors carry the offset in the file.
 */
final class PayloadReader {
  private final String name;
  private final byte[] file;
  private final int end;
  private int position;

  PayloadReader(String name, byte[] file, int start, int end) {
    this.name = name;
    this.file = file;
    this.position = start;
    this.end = end;
  }

  ModelFormatException error(long offset, String problem) {
    return new ModelFormatException(name, offset, problem);
  }

  int position() {
    return position;
  }

  int u8(String what) throws ModelFormatException {
    return file[take(1, what)] & 0xff;
  }

  int u16(String what) throws ModelFormatException {
    int at = take(2, what);
    return (file[at] & 0xff) | (file[at + 1] & 0xff) << 8;
  }

  int u8(String what, int minimum, int maximum) throws ModelFormatException {
    int at = position;
    return between(at, what, u8(what), minimum, maximum);
  }

  int u16(String what, int minimum, int maximum) throws ModelFormatException {
    int at = position;
    return between(at, what, u16(what), minimum, maximum);
  }

  int i32(String what, int minimum, int maximum) throws ModelFormatException {
    int at = position;
    return between(at, what, i32(what), minimum, maximum);
  }

  private int between(int at, String what, int value, int minimum, int maximum)
      throws ModelFormatException {
    if (value < minimum || value > maximum) {
      throw error(at, what + " is " + value + ", wanted " + minimum + " to " + maximum);
    }
    return value;
  }

  int i32(String what) throws ModelFormatException {
    int at = take(4, what);
    return (file[at] & 0xff)
        | (file[at + 1] & 0xff) << 8
        | (file[at + 2] & 0xff) << 16
        | file[at + 3] << 24;
  }

  long i64(String what) throws ModelFormatException {
    need(8, what);
    return (i32(what) & 0xffffffffL) | (long) i32(what) << 32;
  }

  float f32(String what, float minimum, float maximum) throws ModelFormatException {
    int at = position;
    float value = Float.intBitsToFloat(i32(what));
    if (!(value >= minimum && value <= maximum)) {
      throw error(at, what + " is " + value + ", wanted " + minimum + " to " + maximum);
    }
    return value;
  }

  float scale(String what) throws ModelFormatException {
    return f32(what, Checks.MIN_SCALE, Checks.MAX_MAGNITUDE);
  }

  float[] f32s(String what, int count, float minimum) throws ModelFormatException {
    need(4L * count, what);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = f32(what, minimum, Checks.MAX_MAGNITUDE);
    }
    return values;
  }

  float[] biases(String what, int count) throws ModelFormatException {
    return f32s(what, count, -Checks.MAX_MAGNITUDE);
  }

  byte[] bytes(String what, int count) throws ModelFormatException {
    int at = take(count, what);
    byte[] values = new byte[count];
    System.arraycopy(file, at, values, 0, count);
    return values;
  }

  String ascii(String what) throws ModelFormatException {
    return new String(bytes(what, u8(what)), StandardCharsets.US_ASCII);
  }

  QuantizedMatrix matrix(String what, int rows, int columns) throws ModelFormatException {
    float[] scales = f32s(what + " scales", rows, Checks.MIN_SCALE);
    int at = position;
    byte[] weights = bytes(what, rows * columns);
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] == Byte.MIN_VALUE) {
        throw error(at + i, what + " holds -128, wanted -127 to 127");
      }
    }
    return new QuantizedMatrix(rows, columns, weights, scales);
  }

  void finish(String what) throws ModelFormatException {
    if (position != end) {
      throw error(position, what + " has " + (end - position) + " bytes too many");
    }
  }

  private int take(int count, String what) throws ModelFormatException {
    need(count, what);
    int at = position;
    position += count;
    return at;
  }

  private void need(long count, String what) throws ModelFormatException {
    if (count > end - position) {
      throw error(
          position,
          "ends within " + what + ": wanted " + count + " bytes, " + (end - position) + " left");
    }
  }
}
