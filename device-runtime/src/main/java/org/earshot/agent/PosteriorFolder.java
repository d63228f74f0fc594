package org.earshot.agent;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.earshot.detect.Alert;
import org.earshot.detect.StepSink;

/**
 * A folder that receives one table of posteriors a recording: {@code time} in seconds (start of the
 * step) and one column a head.
 *
 * <p>A recording called {@code a/b.wav} goes to {@code a/b.wav.tsv}; absolute paths and {@code ..}
 * are made to lie within the folder.
 */
final class PosteriorFolder {
  private final Path folder;
  private final Set<Path> written = new HashSet<>();

  PosteriorFolder(Path folder) {
    this.folder = folder;
  }

  /** Opens the table of one recording. */
  Table open(String recordingName, List<String> events) throws IOException {
    Path file = folder;
    for (Path part : Path.of(recordingName).normalize()) {
      if (!part.toString().equals("..")) {
        file = file.resolve(part);
      }
    }
    file = file.resolveSibling(file.getFileName() + ".tsv");
    if (!written.add(file)) {
      throw new IOException(file + ": two recordings would write this table; rename one");
    }
    Files.createDirectories(file.getParent());
    return new Table(Files.newBufferedWriter(file), events);
  }

  /** The table of one recording, being written. */
  static final class Table implements StepSink, Closeable {
    private final BufferedWriter out;
    private final StringBuilder line = new StringBuilder();

    private Table(BufferedWriter out, List<String> events) throws IOException {
      this.out = out;
      out.write("time\t" + String.join("\t", events) + "\n");
    }

    @Override
    public void step(long startSample, float[] posteriors) {
      line.setLength(0);
      Decimals.append(line, startSample / (double) Alert.SAMPLE_RATE_HZ, 2);
      for (float posterior : posteriors) {
        Decimals.append(line.append('\t'), posterior, 5);
      }
      try {
        out.append(line.append('\n'));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
