package org.earshot.benchmarks.micro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.earshot.audio.AudioFiles;
import org.earshot.model.BaseModel;
import org.earshot.model.LstmLayer;
import org.earshot.model.ModelFile;
import org.earshot.model.SoundModel;
import org.earshot.verifier.VerifierFile;
import org.earshot.verifier.VerifierModel;

/** What the benchmarks hear and run; the system property {@code earshot.root} is the checkout. */
final class Inputs {
  static final int SAMPLE_RATE_HZ = 16_000;

  /** Seconds of {@link #minute}. */
  static final int SECONDS = 60;

  private static final Path ROOT = Path.of(System.getProperty("earshot.root", "."));

  private Inputs() {}

  /** Returns the model that ships. */
  static SoundModel model() throws IOException {
    return ModelFile.read(ROOT.resolve("models"));
  }

  /** Returns the verifier that ships. */
  static VerifierModel verifier() throws IOException {
    return VerifierFile.read(ROOT.resolve("models/verifier").resolve(VerifierFile.NAME));
  }

  /**
   * Returns the shipped model's LSTM layers alone, without heads; where 64 bands of two frames are
   * as many inputs as the convolutions have outputs.
   */
  static SoundModel lstmOnly() throws IOException {
    BaseModel base = model().base();
    List<LstmLayer> layers = base.layers();
    int frames = 2;
    BaseModel alone =
        new BaseModel(
            base.featureFingerprint(),
            layers.get(0).inputs() / frames,
            frames,
            1f / 127,
            List.of(),
            layers);
    return new SoundModel(alone, List.of());
  }

  /** Returns a minute of the demo's recordings, 16 kHz mono. */
  static float[] minute() throws IOException {
    float[] minute = new float[SECONDS * SAMPLE_RATE_HZ];
    int at = 0;
    for (Path file : recordings()) {
      float[] samples = AudioFiles.readAll16k(file, minute.length);
      int taken = Math.min(samples.length, minute.length - at);
      System.arraycopy(samples, 0, minute, at, taken);
      at += taken;
    }
    if (at < minute.length) {
      throw new IOException("the recordings of the demo last less than a minute");
    }
    return minute;
  }

  private static List<Path> recordings() throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve("device-runtime/demo"))) {
      return new ArrayList<>(
          files.filter(file -> file.toString().endsWith(".wav")).sorted().toList());
    }
  }

  /** Returns random inputs in [-1, 1], none of them zero when quantised. */
  static float[][] steps(int steps, int inputs) {
    Random random = new Random(1);
    float[][] values = new float[steps][inputs];
    for (float[] step : values) {
      for (int i = 0; i < inputs; i++) {
        float magnitude = 0.01f + 0.99f * random.nextFloat();
        step[i] = random.nextBoolean() ? magnitude : -magnitude;
      }
    }
    return values;
  }
}
