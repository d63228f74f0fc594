package org.earshot.quantize;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.audio.feature.Normalization;

/**
 * The float network in a file beside a training run, so that evaluation needs no DL4J. Not a format
 * for devices: it is read only where it was written, big-endian, without checksum.
 */
public final class FloatModelFile {
  private static final int MAGIC = 0x45534633; // "ESF3"
  private static final int MOST_WEIGHTS = 1 << 24;

  private FloatModelFile() {}

  public static void write(FloatModel model, Path file) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeInt(MAGIC);
      out.writeUTF(model.features().normalization().name());
      out.writeLong(model.features().fingerprint());
      out.writeInt(model.stackFrames());
      out.writeFloat(model.inputScale());
      out.writeInt(model.convolutions().size());
      for (FloatConvolution layer : model.convolutions()) {
        out.writeInt(layer.inputChannels());
        out.writeInt(layer.inputBands());
        out.writeInt(layer.kernelBands());
        out.writeInt(layer.strideBands());
        out.writeInt(layer.taps());
        out.writeInt(layer.outputChannels());
        write(out, layer.weights());
        write(out, layer.bias());
      }
      out.writeInt(model.layers().size());
      for (FloatLstm layer : model.layers()) {
        out.writeInt(layer.inputs());
        out.writeInt(layer.hidden());
        write(out, layer.inputWeights());
        write(out, layer.recurrentWeights());
        write(out, layer.bias());
      }
      out.writeInt(model.events().size());
      for (String event : model.events()) {
        out.writeUTF(event);
      }
      write(out, model.headWeights());
      write(out, model.headBias());
    }
  }

  /**
   * Reads a file written by {@link #write}.
   *
   * @throws IOException if it is another kind of file, or made for features that are no longer what
   *     they were
   */
  public static FloatModel read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      if (in.readInt() != MAGIC) {
        throw new IOException(
            file + ": not a float model of this Earshot; 'export' writes float.esf");
      }
      FeatureSpec features = FeatureSpec.standard(Normalization.valueOf(in.readUTF()));
      if (in.readLong() != features.fingerprint()) {
        throw new IOException(file + ": made for other features; train again");
      }
      int stackFrames = in.readInt();
      float inputScale = in.readFloat();
      List<FloatConvolution> convolutions = new ArrayList<>();
      int convolutionCount = in.readInt();
      for (int i = 0; i < convolutionCount; i++) {
        convolutions.add(
            new FloatConvolution(
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                read(in, file),
                read(in, file)));
      }
      List<FloatLstm> layers = new ArrayList<>();
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        int inputs = in.readInt();
        int hidden = in.readInt();
        layers.add(new FloatLstm(inputs, hidden, read(in, file), read(in, file), read(in, file)));
      }
      List<String> events = new ArrayList<>();
      int labels = in.readInt();
      for (int i = 0; i < labels; i++) {
        events.add(in.readUTF());
      }
      return new FloatModel(
          features,
          stackFrames,
          inputScale,
          convolutions,
          layers,
          events,
          read(in, file),
          read(in, file));
    }
  }

  private static void write(DataOutputStream out, float[] values) throws IOException {
    out.writeInt(values.length);
    for (float value : values) {
      out.writeFloat(value);
    }
  }

  private static float[] read(DataInputStream in, Path file) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > MOST_WEIGHTS) {
      throw new IOException(file + ": " + length + " weights are not possible; export again");
    }
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = in.readFloat();
    }
    return values;
  }
}
