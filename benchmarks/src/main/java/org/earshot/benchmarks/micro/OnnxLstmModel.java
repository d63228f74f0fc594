package org.earshot.benchmarks.micro;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.earshot.model.LstmLayer;
import org.earshot.model.QuantizedMatrix;

/**
 * Writes LSTM layers as an ONNX model: opset 14's {@code LSTM}, or {@code DynamicQuantizeLSTM} of
 * ONNX Runtime's own operators, which its tool for dynamic quantisation puts in its place. Numbers
 * of messages' fields are those of onnx.proto.
 */
final class OnnxLstmModel {
  private static final int FLOAT = 1;
  private static final int INT8 = 3;
  private static final int INT64 = 7;
  private static final int[] GATES = {0, 3, 1, 2}; // ONNX has input, output, forget, cell

  private final List<Field> graph = new ArrayList<>();
  private final boolean dynamicInt8;

  /** A field of a protobuf message: a number, or bytes, texts among them. */
  private record Field(int number, long value, ByteString bytes) {}

  private OnnxLstmModel(boolean dynamicInt8) {
    this.dynamicInt8 = dynamicInt8;
  }

  /**
   * Returns the model: input {@code x} [1][1][inputs], states {@code h0}, {@code c0}, {@code h1}
   * and so on [1][1][hidden], and the states after the step under the same names with {@code next}.
   */
  static byte[] encode(List<LstmLayer> layers, boolean dynamicInt8) {
    OnnxLstmModel model = new OnnxLstmModel(dynamicInt8);
    model.graph.add(text(2, "lstm"));
    model.graph.add(bytes(11, value("x", layers.get(0).inputs())));
    model.graph.add(bytes(5, tensor("axes", INT64, longs(1), 1)));
    String below = "x";
    for (int i = 0; i < layers.size(); i++) {
      model.layer(layers.get(i), i, below);
      below = "y" + i;
    }
    return message(
            number(1, 8),
            bytes(7, message(model.graph)),
            bytes(8, message(text(1, ""), number(2, 14))),
            bytes(8, message(text(1, "com.microsoft"), number(2, 1))))
        .toByteArray();
  }

  private void layer(LstmLayer layer, int index, String below) {
    int rows = 4 * layer.hidden();
    weights("W" + index, layer.inputWeights());
    weights("R" + index, layer.recurrentWeights());
    float[] bias = Arrays.copyOf(gates(layer.bias()), 2 * rows); // the recurrent one is zero
    graph.add(bytes(5, tensor("B" + index, FLOAT, floats(bias), 1, 2L * rows)));
    List<String> inputs =
        new ArrayList<>(
            List.of(below, "W" + index, "R" + index, "B" + index, "", "h" + index, "c" + index));
    if (dynamicInt8) {
      inputs.add("");
      for (String name : List.of("W", "R")) {
        inputs.add(name + index + "scale");
        inputs.add(name + index + "zero");
      }
    }
    List<Field> node = new ArrayList<>();
    inputs.forEach(name -> node.add(text(1, name)));
    for (String name : List.of("Y" + index, "h" + index + "next", "c" + index + "next")) {
      node.add(text(2, name));
    }
    node.add(text(4, dynamicInt8 ? "DynamicQuantizeLSTM" : "LSTM"));
    node.add(bytes(5, message(text(1, "hidden_size"), number(3, layer.hidden()), number(20, 2))));
    node.add(text(7, dynamicInt8 ? "com.microsoft" : ""));
    graph.add(bytes(1, message(node)));
    // Y has an axis for directions, which the next layer does not want.
    graph.add(
        bytes(
            1,
            message(
                text(1, "Y" + index), text(1, "axes"), text(2, "y" + index), text(4, "Squeeze"))));
    for (String name : List.of("h" + index, "c" + index)) {
      graph.add(bytes(11, value(name, layer.hidden())));
      graph.add(bytes(12, value(name + "next", layer.hidden())));
    }
  }

  private void weights(String name, QuantizedMatrix matrix) {
    int rows = matrix.rows();
    int columns = matrix.columns();
    float[] scales = gates(matrix.scales());
    byte[] weights = matrix.weights();
    byte[] ordered = new byte[weights.length];
    order(weights, ordered, weights.length);
    if (!dynamicInt8) {
      float[] values = new float[ordered.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = ordered[i] * scales[i / columns];
      }
      graph.add(bytes(5, tensor(name, FLOAT, floats(values), 1, rows, columns)));
      return;
    }
    byte[] transposed = new byte[ordered.length];
    for (int i = 0; i < ordered.length; i++) {
      transposed[i % columns * rows + i / columns] = ordered[i];
    }
    graph.add(bytes(5, tensor(name, INT8, ByteString.copyFrom(transposed), 1, columns, rows)));
    graph.add(bytes(5, tensor(name + "scale", FLOAT, floats(scales), 1, rows)));
    graph.add(bytes(5, tensor(name + "zero", INT8, ByteString.copyFrom(new byte[rows]), 1, rows)));
  }

  /** Puts a value for each row into the order of ONNX. */
  private static float[] gates(float[] values) {
    float[] ordered = new float[values.length];
    order(values, ordered, values.length);
    return ordered;
  }

  /** Copies one array into another, a gate's quarter each to where ONNX has it. */
  private static void order(Object from, Object to, int length) {
    int block = length / 4;
    for (int gate = 0; gate < 4; gate++) {
      System.arraycopy(from, GATES[gate] * block, to, gate * block, block);
    }
  }

  private static ByteString tensor(String name, int type, ByteString data, long... shape) {
    List<Field> fields = new ArrayList<>();
    for (long size : shape) {
      fields.add(number(1, size));
    }
    fields.add(number(2, type));
    fields.add(text(8, name));
    fields.add(bytes(9, data));
    return message(fields);
  }

  private static ByteString value(String name, long size) {
    ByteString one = message(number(1, 1));
    ByteString shape = message(bytes(1, one), bytes(1, one), bytes(1, message(number(1, size))));
    ByteString type = message(number(1, FLOAT), bytes(2, shape));
    return message(text(1, name), bytes(2, message(bytes(1, type))));
  }

  private static Field number(int number, long value) {
    return new Field(number, value, null);
  }

  private static Field text(int number, String text) {
    return new Field(number, 0, ByteString.copyFromUtf8(text));
  }

  private static Field bytes(int number, ByteString bytes) {
    return new Field(number, 0, bytes);
  }

  private static ByteString message(Field... fields) {
    return message(List.of(fields));
  }

  private static ByteString message(List<Field> fields) {
    ByteString.Output bytes = ByteString.newOutput();
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      for (Field field : fields) {
        if (field.bytes == null) {
          out.writeInt64(field.number, field.value);
        } else {
          out.writeBytes(field.number, field.bytes);
        }
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteString();
  }

  private static ByteString floats(float[] values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    return ByteString.copyFrom(buffer.array());
  }

  private static ByteString longs(long... values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asLongBuffer().put(values);
    return ByteString.copyFrom(buffer.array());
  }
}
