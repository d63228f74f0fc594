package org.earshot.benchmarks.micro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
public final class Inputs {
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
    return sound(ROOT, SECONDS * AudioFiles.SAMPLE_RATE_HZ);
  }

  /**
   * Returns the demo's recordings one after the other, again and again, 16 kHz mono.
   *
   * @param root the checkout
   * @param samples how many
   */
  public static float[] sound(Path root, int samples) throws IOException {
    List<Path> recordings;
    try (Stream<Path> files = Files.list(root.resolve("device-runtime/demo"))) {
      recordings = files.filter(file -> file.toString().endsWith(".wav")).sorted().toList();
    }
    float[] sound = new float[samples];
    int at = 0;
    for (int i = 0; at < samples; i = (i + 1) % recordings.size()) {
      float[] recording = AudioFiles.readAll16k(recordings.get(i), samples);
      int taken = Math.min(recording.length, samples - at);
      System.arraycopy(recording, 0, sound, at, taken);
      at += taken;
    }
    return sound;
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
