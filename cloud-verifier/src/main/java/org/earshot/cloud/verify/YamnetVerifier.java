package org.earshot.cloud.verify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.earshot.cloud.store.ModelScore;
import org.earshot.event.EventMessage;
import org.earshot.event.Verdict;
import org.earshot.yamnet.WindowFeed;
import org.earshot.yamnet.YamnetClass;
import org.earshot.yamnet.YamnetEvents;
import org.earshot.yamnet.YamnetModel;

/**
 * YAMNet as a second opinion: the highest score of an event's classes anywhere in the clip.
 *
 * <p>Its scores are not probabilities, so it is always unsure by itself; {@link FusedVerifier}
 * makes a verdict of them. The model's file is the owner's and not shipped. Windows of 0.975 s
 * every 0.48 s. Thread-safe: each call has an interpreter of its own, made when none is free and
 * kept until {@link #close}.
 */
public final class YamnetVerifier implements Verifier, AutoCloseable {
  private static final int SHOWN = 5;
  private static final int NAME_BYTES = 4;

  private final Path file;
  private final String name;
  private final List<YamnetClass> classes;
  private final ConcurrentLinkedQueue<YamnetModel> idle = new ConcurrentLinkedQueue<>();

  /**
   * Opens a model.
   *
   * @param file YAMNet for TensorFlow Lite (classification-tflite/1)
   * @throws IOException when it cannot be read or is another model
   */
  public YamnetVerifier(Path file) throws IOException {
    this.file = file;
    classes = YamnetClass.REPORTED;
    try {
      idle.add(YamnetModel.open(file));
    } catch (LinkageError e) {
      throw new IOException("TensorFlow Lite does not run here: " + e.getMessage(), e);
    }
    name = "yamnet-" + digest(file);
  }

  private static String digest(Path file) throws IOException {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(digest, 0, NAME_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String model() {
    return name;
  }

  @Override
  public Opinion judge(float[] samples, EventMessage event) {
    Heard heard = hear(samples);
    double probability = heard.highest(YamnetEvents.usual(event.event()));
    return new Opinion(Verdict.UNSURE, probability, heard.shown(SHOWN));
  }

  /** What it heard in a clip. */
  final class Heard {
    private final float[] highest; // [521]

    private Heard(float[] highest) {
      this.highest = highest;
    }

    /** Returns the highest score of any of these classes; 0 when it has none of them. */
    double highest(List<String> names) {
      double score =
          classes.stream()
              .filter(type -> names.contains(type.displayName()))
              .mapToDouble(type -> highest[type.index()])
              .max()
              .orElse(0);
      return Math.min(1, score);
    }

    /** Returns the highest scores of all classes that matter. */
    List<ModelScore> shown(int limit) {
      return classes.stream()
          .map(type -> new ModelScore(name, type.displayName(), highest[type.index()]))
          .sorted(Comparator.comparingDouble(ModelScore::probability).reversed())
          .limit(limit)
          .toList();
    }
  }

  /** Listens to a clip. */
  Heard hear(float[] samples) {
    return new Heard(highest(samples));
  }

  /** Each class's highest score in the clip, [521]. */
  private float[] highest(float[] samples) {
    float[] highest = new float[YamnetClass.COUNT];
    float[] scores = new float[YamnetClass.COUNT];
    YamnetModel free = idle.poll();
    try {
      YamnetModel model = free != null ? free : YamnetModel.open(file);
      WindowFeed feed =
          new WindowFeed(
              YamnetModel.WINDOW_SAMPLES,
              YamnetModel.HOP_SAMPLES,
              (index, window) -> {
                model.score(window, scores);
                for (int i = 0; i < scores.length; i++) {
                  highest[i] = Math.max(highest[i], scores[i]);
                }
              });
      feed.push(samples, 0, samples.length);
      feed.finish();
      idle.add(model);
      return highest;
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a model that failed is not used again
    }
  }

  /** Frees the interpreters; nothing may be asked any more. */
  @Override
  public void close() {
    for (YamnetModel model = idle.poll(); model != null; model = idle.poll()) {
      model.close();
    }
  }
}
