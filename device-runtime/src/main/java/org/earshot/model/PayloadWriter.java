package org.earshot.model;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes little-endian values; the mirror of {@link PayloadReader}. */
final class PayloadWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  PayloadWriter u8(int value) {
    out.write(value);
    return this;
  }

  PayloadWriter u16(int value) {
    return u8(value).u8(value >>> 8);
  }

  PayloadWriter i32(int value) {
    return u16(value).u16(value >>> 16);
  }

  PayloadWriter i64(long value) {
    return i32((int) value).i32((int) (value >>> 32));
  }

  PayloadWriter f32(float value) {
    return i32(Float.floatToIntBits(value));
  }

  PayloadWriter f32s(float[] values) {
    for (float value : values) {
      f32(value);
    }
    return this;
  }

  PayloadWriter bytes(byte[] values) {
    out.write(values, 0, values.length);
    return this;
  }

  PayloadWriter ascii(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return u8(bytes.length).bytes(bytes);
  }

  /** Writes scales, then weights; the shape is written by the caller. */
  PayloadWriter matrix(QuantizedMatrix matrix) {
    return f32s(matrix.scales()).bytes(matrix.weights());
  }

  int size() {
    return out.size();
  }

  byte[] toBytes() {
    return out.toByteArray();
  }
}
