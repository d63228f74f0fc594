package org.earshot.audio.capture;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.List;
import org.earshot.audio.AudioFiles;
import org.earshot.audio.PcmSource;

/** Files as one stream. Its monitor guards the open file; nobody but {@link #close} contends. */
final class ReplayStream implements CaptureSource.Stream {
  /** 20 ms: how finely real time is kept. */
  private static final int PACE_SAMPLES = 320;

  private final List<Path> files;
  private final CaptureClock clock; // null: as fast as possible
  private final long startNanos;
  private int next; // index of the next file to open
  private PcmSource file; // null between files
  private long given;
  private volatile boolean closed;

  ReplayStream(List<Path> files, CaptureClock clock) {
    this.files = files;
    this.clock = clock;
    this.startNanos = clock == null ? 0 : clock.nanoTime();
  }

  @Override
  public synchronized int read(float[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int wanted = clock == null ? length : Math.min(length, PACE_SAMPLES);
    while (!closed) {
      if (file == null) {
        if (next == files.size()) {
          return -1;
        }
        file = openNext();
      }
      int n = readFile(buffer, offset, wanted);
      if (n > 0) {
        given += n;
        pace();
        return n;
      }
      file.close();
      file = null;
    }
    throw closedException();
  }

  private PcmSource openNext() throws IOException {
    Path path = files.get(next++);
    try {
      return AudioFiles.open16k(path);
    } catch (IOException e) {
      throw new IOException(path + ": " + e.getMessage(), e);
    }
  }

  private int readFile(float[] buffer, int offset, int length) throws IOException {
    try {
      return file.read(buffer, offset, length);
    } catch (IOException e) {
      throw closed
          ? closedException()
          : new IOException(files.get(next - 1) + ": " + e.getMessage(), e);
    }
  }

  /** A microphone gives a block when its last sample has been heard. */
  private void pace() throws InterruptedIOException {
    if (clock == null) {
      return;
    }
    long waitNanos = startNanos + given * CaptureTime.NANOS_PER_SAMPLE - clock.nanoTime();
    if (waitNanos <= 0) {
      return;
    }
    try {
      clock.sleep(waitNanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private static IOException closedException() {
    return new IOException("closed");
  }

  @Override
  public String format() {
    return AudioFiles.SAMPLE_RATE_HZ + " Hz" + (clock == null ? ", as fast as possible" : "");
  }

  /** Waits for the reader, which looks at {@code closed} after every 20 ms of sound at least. */
  @Override
  public void close() throws IOException {
    closed = true;
    synchronized (this) {
      if (file != null) {
        file.close();
        file = null;
      }
    }
  }
}
