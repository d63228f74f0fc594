package org.earshot.audio.wav;

/**
 * How one sample is stored in a WAV file: little-endian, full scale mapped to [-1, 1).
 *
 * <p>Source: Multimedia Programming Interface and Data Specifications 1.0 (IBM, Microsoft 1991);
 * 8-bit samples are unsigned with silence at 128, wider ones two's complement.
 */
public enum SampleFormat {
  /** Unsigned 8-bit integer. */
  PCM_8(1, false) {
    @Override
    double decode(byte[] raw, int at) {
      return ((raw[at] & 0xff) - 128) / 128.0;
    }

    @Override
    void encode(float sample, byte[] raw, int at) {
      raw[at] = (byte) (quantize(sample, 0x1p7) + 128);
    }
  },
  /** Signed 16-bit integer. */
  PCM_16(2, false) {
    @Override
    double decode(byte[] raw, int at) {
      return ((raw[at] & 0xff) | raw[at + 1] << 8) / 32_768.0;
    }

    @Override
    void encode(float sample, byte[] raw, int at) {
      putLittleEndian(quantize(sample, 0x1p15), raw, at, 2);
    }
  },
  /** Signed 24-bit integer. */
  PCM_24(3, false) {
    @Override
    double decode(byte[] raw, int at) {
      return ((raw[at] & 0xff) | (raw[at + 1] & 0xff) << 8 | raw[at + 2] << 16) / 8_388_608.0;
    }

    @Override
    void encode(float sample, byte[] raw, int at) {
      putLittleEndian(quantize(sample, 0x1p23), raw, at, 3);
    }
  },
  /** Signed 32-bit integer. */
  PCM_32(4, false) {
    @Override
    double decode(byte[] raw, int at) {
      return getInt(raw, at) / 2_147_483_648.0;
    }

    @Override
    void encode(float sample, byte[] raw, int at) {
      putLittleEndian(quantize(sample, 0x1p31), raw, at, 4);
    }
  },
  /** IEEE 754 single precision. */
  FLOAT_32(4, true) {
    @Override
    double decode(byte[] raw, int at) {
      return Float.intBitsToFloat(getInt(raw, at));
    }

    @Override
    void encode(float sample, byte[] raw, int at) {
      putLittleEndian(Float.floatToRawIntBits(sample), raw, at, 4);
    }
  },
  /** IEEE 754 double precision. */
  FLOAT_64(8, true) {
    @Override
    double decode(byte[] raw, int at) {
      return Double.longBitsToDouble(
          (getInt(raw, at) & 0xffff_ffffL) | (long) getInt(raw, at + 4) << 32);
    }

    @Override
    void encode(float sample, byte[] raw, int at) {
      putLittleEndian(Double.doubleToRawLongBits(sample), raw, at, 8);
    }
  };

  private final int bytes;
  private final boolean floatingPoint;

  SampleFormat(int bytes, boolean floatingPoint) {
    this.bytes = bytes;
    this.floatingPoint = floatingPoint;
  }

  /** Bytes that one sample takes. */
  public int bytes() {
    return bytes;
  }

  /** Whether samples are IEEE 754 numbers, which may be infinite, NaN or beyond full scale. */
  public boolean floatingPoint() {
    return floatingPoint;
  }

  /** The sample that starts at {@code raw[at]}. */
  abstract double decode(byte[] raw, int at);

  /** Stores a finite sample at {@code raw[at]}; integers round to nearest and clip. */
  abstract void encode(float sample, byte[] raw, int at);

  private static int getInt(byte[] raw, int at) {
    return (raw[at] & 0xff)
        | (raw[at + 1] & 0xff) << 8
        | (raw[at + 2] & 0xff) << 16
        | raw[at + 3] << 24;
  }

  private static long quantize(float sample, double fullScale) {
    return Math.round(Math.max(-fullScale, Math.min(fullScale - 1, sample * fullScale)));
  }

  private static void putLittleEndian(long value, byte[] raw, int at, int bytes) {
    for (int i = 0; i < bytes; i++) {
      raw[at + i] = (byte) (value >> (8 * i));
    }
  }
}
