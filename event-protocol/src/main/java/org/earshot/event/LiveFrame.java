package org.earshot.event;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A piece of a live listening: 16-bit samples at 16 kHz with their place in the stream.
 *
 * <p>As bytes, little-endian: {@code EL01}, the sample index of the first sample (8 bytes), the
 * number of samples (4 bytes), the samples (2 bytes each). A listener sees from the index what is
 * missing.
 *
 * @param startSample index of the first sample since the microphone's stream began
 * @param samples 1 to {@link #MAX_SAMPLES}; copied
 */
public record LiveFrame(long startSample, short[] samples) {
  /** Bound of a frame: half a second. */
  public static final int MAX_SAMPLES = 8000;

  private static final int MAGIC = 0x3130_4c45; // EL01, little-endian
  private static final int HEADER_BYTES = 4 + 8 + 4;

  /** Throws IllegalArgumentException when the index is negative or there are too many samples. */
  public LiveFrame {
    Checks.range("startSample", startSample, 0, Long.MAX_VALUE);
    Checks.range("number of samples", samples.length, 1, MAX_SAMPLES);
    samples = samples.clone();
  }

  /** Returns a copy of the samples. */
  @Override
  public short[] samples() {
    return samples.clone();
  }

  /** Returns the frame as bytes. */
  public byte[] toBytes() {
    ByteBuffer bytes =
        ByteBuffer.allocate(HEADER_BYTES + Short.BYTES * samples.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(MAGIC)
            .putLong(startSample)
            .putInt(samples.length);
    bytes.asShortBuffer().put(samples);
    return bytes.array();
  }

  /** Reads a frame. */
  public static LiveFrame parse(byte[] bytes) throws MalformedMessageException {
    if (bytes.length < HEADER_BYTES) {
      throw malformed(bytes.length, "it is cut off");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (in.getInt() != MAGIC) {
      throw malformed(0, "it does not begin with EL01");
    }
    long startSample = in.getLong();
    if (startSample < 0) {
      throw malformed(4, "its sample index is negative");
    }
    int length = in.getInt();
    if (length < 1 || length > MAX_SAMPLES || in.remaining() != Short.BYTES * length) {
      throw malformed(
          12, "it names " + length + " samples and holds " + in.remaining() + " bytes of them");
    }
    short[] samples = new short[length];
    in.asShortBuffer().get(samples);
    return new LiveFrame(startSample, samples);
  }

  private static MalformedMessageException malformed(long offset, String problem) {
    return new MalformedMessageException(
        "live", offset, problem, "send what docs/event-protocol.md describes");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LiveFrame frame
        && startSample == frame.startSample
        && Arrays.equals(samples, frame.samples);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(startSample) + 31 * Arrays.hashCode(samples);
  }

  @Override
  public String toString() {
    return "LiveFrame[startSample=" + startSample + ", samples=" + samples.length + "]";
  }
}
