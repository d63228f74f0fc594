package org.earshot.benchmarks.micro;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.earshot.model.LstmLayer;

/**
 * LSTM layers on ONNX Runtime, a step at a time on one thread, as a device that listens would run
 * them: the states of one step are the inputs of the next, in tensors that are made once.
 *
 * <p>The weights are those of the layers given, as floats or as int8 with a scale for each row.
 */
final class OnnxLstm implements AutoCloseable {
  private final OrtSession session;
  private final FloatBuffer input; // [inputs]
  private final FloatBuffer[] hidden; // [2], of the last layer, by the parity of the step
  private final List<OnnxTensor> tensors = new ArrayList<>();
  private final List<Map<String, OnnxTensor>> inputs = new ArrayList<>();
  private final List<Map<String, OnnxTensor>> outputs = new ArrayList<>();
  private int parity;

  /**
   * Loads the layers.
   *
   * @param dynamicInt8 with ONNX Runtime's dynamically quantised LSTM instead of the float one
   */
  OnnxLstm(List<LstmLayer> layers, boolean dynamicInt8) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      session = environment.createSession(OnnxLstmModel.encode(layers, dynamicInt8), options);
    }
    input = buffer(layers.get(0).inputs());
    OnnxTensor x = tensor(environment, input);
    List<Map<String, OnnxTensor>> states = new ArrayList<>();
    hidden = new FloatBuffer[2];
    for (int p = 0; p < 2; p++) {
      Map<String, OnnxTensor> state = new HashMap<>();
      for (int layer = 0; layer < layers.size(); layer++) {
        hidden[p] = buffer(layers.get(layer).hidden());
        state.put("h" + layer, tensor(environment, hidden[p]));
        state.put("c" + layer, tensor(environment, buffer(layers.get(layer).hidden())));
      }
      states.add(state);
    }
    for (int p = 0; p < 2; p++) {
      Map<String, OnnxTensor> in = new HashMap<>(states.get(p));
      in.put("x", x);
      inputs.add(in);
      Map<String, OnnxTensor> out = new HashMap<>();
      states.get(1 - p).forEach((name, state) -> out.put(name + "next", state));
      outputs.add(out);
    }
  }

  /**
   * Advances by one step.
   *
   * @param x [inputs]
   * @return [hidden], hidden states of the last layer; valid until the step after the next
   */
  FloatBuffer step(float[] x) throws OrtException {
    input.put(0, x);
    session.run(inputs.get(parity), Set.of(), outputs.get(parity)).close();
    parity = 1 - parity;
    return hidden[parity];
  }

  @Override
  public void close() throws OrtException {
    tensors.forEach(OnnxTensor::close);
    session.close();
  }

  private OnnxTensor tensor(OrtEnvironment environment, FloatBuffer values) throws OrtException {
    OnnxTensor tensor =
        OnnxTensor.createTensor(environment, values, new long[] {1, 1, values.capacity()});
    tensors.add(tensor);
    return tensor;
  }

  private static FloatBuffer buffer(int floats) {
    return ByteBuffer.allocateDirect(floats * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }
}
