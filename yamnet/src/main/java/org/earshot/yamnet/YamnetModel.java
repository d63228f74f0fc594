package org.earshot.yamnet;

import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterAllocateTensors;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterCreate;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterDelete;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterGetInputTensor;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterGetOutputTensor;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterInvoke;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterOptionsCreate;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterOptionsDelete;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterOptionsSetNumThreads;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteModelCreateFromFile;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteModelDelete;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteTensorByteSize;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteTensorCopyFromBuffer;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteTensorCopyToBuffer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.tensorflowlite.TfLiteInterpreter;
import org.bytedeco.tensorflowlite.TfLiteInterpreterOptions;
import org.bytedeco.tensorflowlite.TfLiteModel;
import org.bytedeco.tensorflowlite.TfLiteTensor;

/**
 * YAMNet as published for TensorFlow Lite (classification-tflite/1): one window of samples in, 521
 * scores out.
 *
 * <p>Single-threaded, in the interpreter as in the caller. Holds native memory until {@link
 * #close()}. The per-window path allocates nothing on the Java heap.
 */
public final class YamnetModel implements AutoCloseable {

  /** Samples in one window at 16 kHz: 0.975 s. */
  public static final int WINDOW_SAMPLES = 15_600;

  /** Samples between the starts of two windows: the 0.48 s hop of the published YAMNet. */
  public static final int HOP_SAMPLES = 7_680;

  private final TfLiteModel model;
  private final TfLiteInterpreter interpreter;
  private final TfLiteTensor input;
  private final TfLiteTensor output;
  private final FloatPointer window = new FloatPointer(WINDOW_SAMPLES);
  private final FloatPointer scores = new FloatPointer(YamnetClass.COUNT);

  private YamnetModel(TfLiteModel model, TfLiteInterpreter interpreter) throws IOException {
    this.model = model;
    this.interpreter = interpreter;
    check(TfLiteInterpreterAllocateTensors(interpreter), "allocate its tensors");
    this.input = TfLiteInterpreterGetInputTensor(interpreter, 0);
    this.output = TfLiteInterpreterGetOutputTensor(interpreter, 0);
    requireBytes("input", TfLiteTensorByteSize(input), WINDOW_SAMPLES);
    requireBytes("output", TfLiteTensorByteSize(output), YamnetClass.COUNT);
  }

  /**
   * Opens a model file.
   *
   * @throws IOException when the file is absent, is no TensorFlow Lite model, or has other shapes
   *     than YAMNet's
   */
  public static YamnetModel open(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException("no readable YAMNet model at " + file);
    }
    TfLiteModel model = TfLiteModelCreateFromFile(file.toString());
    if (model == null || model.isNull()) {
      throw new IOException(file + " is not a TensorFlow Lite model");
    }
    TfLiteInterpreterOptions options = TfLiteInterpreterOptionsCreate();
    TfLiteInterpreterOptionsSetNumThreads(options, 1);
    TfLiteInterpreter interpreter = TfLiteInterpreterCreate(model, options);
    TfLiteInterpreterOptionsDelete(options);
    if (interpreter == null || interpreter.isNull()) {
      TfLiteModelDelete(model);
      throw new IOException("TensorFlow Lite cannot run " + file);
    }
    return new YamnetModel(model, interpreter);
  }

  /**
   * Scores one window.
   *
   * @param samples [{@link #WINDOW_SAMPLES}] at 16 kHz, in [-1, 1]
   * @param classScores [521], filled with the score of every class in [0, 1]
   */
  public void score(float[] samples, float[] classScores) throws IOException {
    window.position(0).put(samples, 0, WINDOW_SAMPLES);
    check(
        TfLiteTensorCopyFromBuffer(input, window.position(0), (long) WINDOW_SAMPLES * Float.BYTES),
        "take the window");
    check(TfLiteInterpreterInvoke(interpreter), "run");
    check(
        TfLiteTensorCopyToBuffer(
            output, scores.position(0), (long) YamnetClass.COUNT * Float.BYTES),
        "give its scores");
    scores.position(0).get(classScores, 0, YamnetClass.COUNT);
  }

  @Override
  public void close() {
    TfLiteInterpreterDelete(interpreter);
    TfLiteModelDelete(model);
    window.close();
    scores.close();
  }

  private static void check(int status, String what) throws IOException {
    if (status != 0) {
      throw new IOException("TensorFlow Lite status " + status + ": the model could not " + what);
    }
  }

  private static void requireBytes(String what, long bytes, int floats) throws IOException {
    if (bytes != (long) floats * Float.BYTES) {
      throw new IOException(
          "not YAMNet: its " + what + " holds " + bytes + " bytes, not " + floats + " floats");
    }
  }
}
