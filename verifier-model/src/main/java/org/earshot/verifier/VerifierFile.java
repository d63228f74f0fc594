package org.earshot.verifier;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Reads and writes the verifier's file: magic, version, length, SHA-256 of the rest, the rest.
 *
 * <p>Reading verifies everything before use and throws {@link VerifierFormatException} with the
 * offset of what it refused; every array's length is checked against what is left before it is
 * allocated, so memory is bounded by the file's length, at most 64 MiB. Writing is deterministic:
 * the same model gives the same bytes. Format: docs/verifier-model.md. Thread-safe.
 */
public final class VerifierFile {
  /** The model's file in its folder. */
  public static final String NAME = "verifier.esv";

  /**
   * Not valid text in any encoding, and broken by a transfer that changes line ends (as in PNG).
   */
  private static final byte[] MAGIC = {(byte) 0x89, 'E', 'S', 'V', '\r', '\n', 0x1a, '\n'};

  private static final int VERSION = 1;
  static final int DIGEST_AT = 16;
  static final int HEADER_BYTES = DIGEST_AT + 32;
  private static final int MAX_FILE_BYTES = 64 << 20;
  private static final float LARGEST = 1e6f;

  private VerifierFile() {}

  /** Reads a file. */
  public static VerifierModel read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
      if (bytes.length > MAX_FILE_BYTES) {
        throw new VerifierFormatException(
            file.toString(), MAX_FILE_BYTES, "larger than any verifier (64 MiB)");
      }
      return read(bytes, file.toString());
    } catch (NoSuchFileException e) {
      throw new NoSuchFileException(file.toString(), null, "no such verifier");
    }
  }

  /** Reads a file held in memory; {@code name} is for messages. */
  public static VerifierModel read(byte[] file, String name) throws VerifierFormatException {
    Reader in = new Reader(name, file);
    in.header();
    long fingerprint = in.i64("fingerprint of the features");
    int bands = in.u16("mel bands", 1, 256);
    int stack = in.u16("stacked frames", 1, 16);
    int joined = in.u16("joined steps", 1, 16);
    float scale = in.f32("input scale", 1e-20f, LARGEST);
    int count = in.u16("number of convolutions", 1, 16);
    List<ConvolutionWeights> convolutions = new ArrayList<>();
    int channels = stack;
    int height = bands;
    for (int i = 0; i < count; i++) {
      ConvolutionWeights layer = in.convolution(channels, height);
      convolutions.add(layer);
      channels = layer.outputChannels();
      height = layer.outputBands();
    }
    int hidden = in.u16("units of the LSTM layer", 1, 4096);
    int inputs = joined * channels * height; // at most 16 * 4096 * 256
    LstmWeights forward = in.lstm(inputs, hidden);
    LstmWeights backward = in.lstm(inputs, hidden);
    int outputs = in.u16("number of events", 1, 256);
    List<String> events = new ArrayList<>();
    for (int i = 0; i < outputs; i++) {
      events.add(in.label(events));
    }
    float[] weights = in.f32s("weights of the outputs", 2L * hidden * outputs);
    float[] bias = in.f32s("biases of the outputs", outputs);
    in.finish();
    return new VerifierModel(
        fingerprint,
        bands,
        stack,
        joined,
        scale,
        convolutions,
        forward,
        backward,
        events,
        weights,
        bias);
  }

  /** Returns the file of a model. */
  public static byte[] write(VerifierModel model) {
    ByteBuffer out =
        ByteBuffer.allocate(length(model)).order(ByteOrder.LITTLE_ENDIAN).position(HEADER_BYTES);
    out.putLong(model.featureFingerprint());
    out.putShort((short) model.melBands());
    out.putShort((short) model.stackFrames());
    out.putShort((short) model.joinedSteps());
    out.putFloat(model.inputScale());
    out.putShort((short) model.convolutions().size());
    for (ConvolutionWeights layer : model.convolutions()) {
      out.putShort((short) layer.kernelBands());
      out.putShort((short) layer.strideBands());
      out.putShort((short) layer.taps());
      out.putShort((short) layer.outputChannels());
      put(out, layer.weights());
      put(out, layer.bias());
    }
    out.putShort((short) model.forward().hidden());
    for (LstmWeights lstm : List.of(model.forward(), model.backward())) {
      put(out, lstm.inputWeights());
      put(out, lstm.recurrentWeights());
      put(out, lstm.bias());
    }
    out.putShort((short) model.events().size());
    for (String event : model.events()) {
      byte[] label = event.getBytes(StandardCharsets.US_ASCII);
      out.put((byte) label.length).put(label);
    }
    put(out, model.headWeights());
    put(out, model.headBias());
    byte[] file = out.array();
    out.position(0).put(MAGIC).putShort((short) VERSION).putShort((short) 0).putInt(file.length);
    out.put(digest(file));
    return file;
  }

  /** Writes a file, replacing it whole. */
  public static void write(VerifierModel model, Path file) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.write(part, write(model));
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Returns what names a model, whatever file it lies in: the first 16 hexadecimal digits of the
   * SHA-256 in its file.
   */
  public static String fingerprint(VerifierModel model) {
    return HexFormat.of().formatHex(write(model), DIGEST_AT, DIGEST_AT + 8);
  }

  private static int length(VerifierModel model) {
    long labels = model.events().stream().mapToLong(event -> 1 + event.length()).sum();
    long bytes = HEADER_BYTES + 8 + 6 + 4 + 2 + 8L * model.convolutions().size() + 2 + 2 + labels;
    return Math.toIntExact(bytes + 4 * model.weights());
  }

  private static void put(ByteBuffer out, float[] values) {
    for (float value : values) {
      out.putFloat(value);
    }
  }

  /** SHA-256 (FIPS 180-4) of all behind the header. */
  static byte[] digest(byte[] file) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(file, HEADER_BYTES, file.length - HEADER_BYTES);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  /** Checks what is left before each read, so that nothing is allocated for a length that lies. */
  private static final class Reader {
    private final String name;
    private final ByteBuffer in;

    Reader(String name, byte[] file) {
      this.name = name;
      this.in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    private VerifierFormatException error(long offset, String problem) {
      return new VerifierFormatException(name, offset, problem);
    }

    private void need(String what, long bytes) throws VerifierFormatException {
      if (bytes > in.remaining()) {
        throw error(
            in.position(),
            "ends within " + what + ": wanted " + bytes + " bytes, " + in.remaining() + " left");
      }
    }

    void header() throws VerifierFormatException {
      need("the header", HEADER_BYTES);
      for (byte expected : MAGIC) {
        if (in.get() != expected) {
          throw error(in.position() - 1L, "not a verifier's file (wrong magic)");
        }
      }
      u16("format version", VERSION, VERSION);
      u16("reserved", 0, 0);
      int length = in.getInt();
      if (length != in.capacity()) {
        throw error(
            in.position() - 4L,
            "says it has " + (length & 0xffffffffL) + " bytes but has " + in.capacity());
      }
      byte[] digest = new byte[HEADER_BYTES - DIGEST_AT];
      in.get(digest);
      if (!Arrays.equals(digest, digest(in.array()))) {
        throw error(HEADER_BYTES, "damaged: the SHA-256 does not match");
      }
    }

    int u16(String what, int minimum, int maximum) throws VerifierFormatException {
      need(what, 2);
      int value = in.getShort() & 0xffff;
      if (value < minimum || value > maximum) {
        throw error(
            in.position() - 2L, what + " is " + value + ", wanted " + minimum + " to " + maximum);
      }
      return value;
    }

    long i64(String what) throws VerifierFormatException {
      need(what, 8);
      return in.getLong();
    }

    float f32(String what, float minimum, float maximum) throws VerifierFormatException {
      need(what, 4);
      float value = in.getFloat();
      if (!(value >= minimum && value <= maximum)) {
        throw error(
            in.position() - 4L, what + " is " + value + ", wanted " + minimum + " to " + maximum);
      }
      return value;
    }

    float[] f32s(String what, long count) throws VerifierFormatException {
      need(what, 4 * count);
      float[] values = new float[(int) count];
      for (int i = 0; i < values.length; i++) {
        values[i] = f32(what, -LARGEST, LARGEST);
      }
      return values;
    }

    ConvolutionWeights convolution(int channels, int bands) throws VerifierFormatException {
      int kernel = u16("kernel of a convolution", 1, bands);
      int stride = u16("stride of a convolution", 1, bands);
      int taps = u16("taps of a convolution", 1, 16);
      int outputs = u16("channels of a convolution", 1, 4096);
      float[] weights = f32s("weights of a convolution", (long) outputs * taps * kernel * channels);
      float[] bias = f32s("biases of a convolution", outputs);
      return new ConvolutionWeights(channels, bands, kernel, stride, taps, outputs, weights, bias);
    }

    LstmWeights lstm(int inputs, int hidden) throws VerifierFormatException {
      float[] input = f32s("input weights of the LSTM layer", 4L * hidden * inputs);
      float[] recurrent = f32s("recurrent weights of the LSTM layer", 4L * hidden * hidden);
      float[] bias = f32s("biases of the LSTM layer", 4L * hidden);
      return new LstmWeights(inputs, hidden, input, recurrent, bias);
    }

    String label(List<String> before) throws VerifierFormatException {
      int at = in.position();
      need("a label", 1);
      int length = in.get() & 0xff;
      need("a label", length);
      byte[] bytes = new byte[length];
      in.get(bytes);
      for (byte character : bytes) {
        if (!(character >= 'a' && character <= 'z')
            && !(character >= '0' && character <= '9')
            && character != '_') {
          throw error(at, "a label holds other characters than a to z, 0 to 9 and _");
        }
      }
      String label = new String(bytes, StandardCharsets.US_ASCII);
      if (length == 0 || before.contains(label)) {
        throw error(at, "the label '" + label + "' is empty or there twice");
      }
      return label;
    }

    void finish() throws VerifierFormatException {
      if (in.hasRemaining()) {
        throw error(in.position(), in.remaining() + " bytes too many");
      }
    }
  }
}
