package org.earshot.audio.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.earshot.audio.AudioFiles;

/**
 * Recordings in place of a microphone: WAV or FLAC files, one after another as one stream.
 *
 * <p>The samples are those of {@link AudioFiles#open16k}, bit for bit, at any pace. A file that
 * cannot be read, or no longer, ends the stream with an exception that names it.
 */
public final class ReplaySource implements CaptureSource {
  private final List<Path> files;
  private final CaptureClock clock; // null: as fast as possible

  private ReplaySource(List<Path> files, CaptureClock clock) {
    if (files.isEmpty()) {
      throw new IllegalArgumentException("no files to replay");
    }
    this.files = List.copyOf(files);
    this.clock = clock;
  }

  /** As fast as the consumer takes. */
  public static ReplaySource fast(List<Path> files) {
    return new ReplaySource(files, null);
  }

  /** As a microphone would have heard it: no sample comes before its time by the clock. */
  public static ReplaySource paced(List<Path> files, CaptureClock clock) {
    return new ReplaySource(files, Objects.requireNonNull(clock, "clock"));
  }

  @Override
  public String name() {
    String first = String.valueOf(files.get(0).getFileName());
    return files.size() == 1
        ? "recording " + first
        : "recording " + first + " and " + (files.size() - 1) + " more";
  }

  @Override
  public boolean isFinite() {
    return true;
  }

  @Override
  public Stream open() throws IOException {
    return new ReplayStream(files, clock);
  }
}
