package org.earshot.benchmarks.peer;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.earshot.audio.AudioFiles;
import org.earshot.audio.PcmSource;
import org.earshot.yamnet.WindowFeed;
import org.earshot.yamnet.YamnetClass;
import org.earshot.yamnet.YamnetModel;

/**
 * Runs YAMNet over recordings and writes its scores, window by window.
 *
 * <p>Arguments: model file, list file, output file and, if all classes are wanted, the class map.
 * The list holds one path a line. The output is a TSV: {@code filename}, {@code time} (start of the
 * window in seconds), then one column for each class, those of {@link YamnetClass#REPORTED} without
 * a class map, named as in the class map. Files are named as they are listed. Exit codes: 0 done, 1
 * failed, 2 wrong usage. Windows are {@value YamnetModel#WINDOW_SAMPLES} samples every {@value
 * YamnetModel#HOP_SAMPLES} at 16 kHz, the last padded with zeros; one thread.
 */
public final class YamnetPeer {

  private static final int READ_SAMPLES = 16_000;

  private final YamnetModel model;
  private final List<YamnetClass> classes;
  private final float[] scores = new float[YamnetClass.COUNT];
  private final float[] buffer = new float[READ_SAMPLES];

  YamnetPeer(YamnetModel model, List<YamnetClass> classes) {
    this.model = model;
    this.classes = List.copyOf(classes);
  }

  /** Entry point of the child process. */
  public static void main(String[] arguments) {
    if (arguments.length != 3 && arguments.length != 4) {
      System.err.println("usage: YamnetPeer MODEL.tflite LIST.txt OUT.tsv [CLASSES.csv]");
      System.exit(2);
    }
    try (YamnetModel model = YamnetModel.open(Path.of(arguments[0]))) {
      List<String> files = Files.readAllLines(Path.of(arguments[1]));
      List<YamnetClass> classes =
          arguments.length == 3 ? YamnetClass.REPORTED : YamnetClass.read(Path.of(arguments[3]));
      new YamnetPeer(model, classes).run(files, Path.of(arguments[2]));
    } catch (IOException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  /**
   * Scores every file and writes the table; a line on standard error every hundred files says how
   * far it is.
   */
  void run(List<String> files, Path out) throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(out)) {
      writer.write("filename\ttime");
      for (YamnetClass yamnetClass : classes) {
        writer.write('\t');
        writer.write(yamnetClass.displayName());
      }
      writer.write('\n');
      for (int i = 0; i < files.size(); i++) {
        scoreFile(files.get(i), writer);
        if ((i + 1) % 100 == 0) {
          System.err.printf(Locale.ROOT, "yamnet: %d of %d files%n", i + 1, files.size());
        }
      }
    }
  }

  private void scoreFile(String file, BufferedWriter writer) throws IOException {
    WindowFeed feed =
        new WindowFeed(
            YamnetModel.WINDOW_SAMPLES,
            YamnetModel.HOP_SAMPLES,
            (index, window) -> {
              model.score(window, scores);
              writeRow(file, index, writer);
            });
    try (PcmSource source = AudioFiles.open16k(Path.of(file))) {
      for (int n = source.read(buffer, 0, buffer.length);
          n >= 0;
          n = source.read(buffer, 0, buffer.length)) {
        feed.push(buffer, 0, n);
      }
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
    feed.finish();
  }

  private void writeRow(String file, long index, BufferedWriter writer) throws IOException {
    writer.write(file);
    writer.write('\t');
    writer.write(String.format(Locale.ROOT, "%.2f", index * YamnetModel.HOP_SAMPLES / 16_000.0));
    for (YamnetClass yamnetClass : classes) {
      writer.write('\t');
      writer.write(Float.toString(scores[yamnetClass.index()]));
    }
    writer.write('\n');
  }
}
