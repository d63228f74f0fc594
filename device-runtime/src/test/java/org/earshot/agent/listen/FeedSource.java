package org.earshot.agent.listen;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.earshot.audio.AudioFiles;
import org.earshot.audio.capture.CaptureSource;

/** A recording that a test goes on with, sound by sound: between them its stream stands still. */
final class FeedSource implements CaptureSource {
  private final Deque<float[]> sounds = new ArrayDeque<>(); // guarded by this
  private int used; // samples of the first, guarded by this
  private boolean ended; // guarded by this

  /** Goes on with a file; returns its samples at 16 kHz. */
  int play(Path file) throws IOException {
    float[] samples = AudioFiles.readAll16k(file, Integer.MAX_VALUE);
    play(samples);
    return samples.length;
  }

  synchronized void play(float[] samples) {
    sounds.add(samples);
    notifyAll();
  }

  /** Nothing follows. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  private synchronized int read(float[] buffer, int offset, int length) throws IOException {
    try {
      while (sounds.isEmpty()) {
        if (ended) {
          return -1;
        }
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("closed", e);
    }
    float[] sound = sounds.element();
    int count = Math.min(length, sound.length - used);
    System.arraycopy(sound, used, buffer, offset, count);
    used += count;
    if (used == sound.length) {
      sounds.remove();
      used = 0;
    }
    return count;
  }

  @Override
  public String name() {
    return "sounds of a test";
  }

  @Override
  public boolean isFinite() {
    return true;
  }

  @Override
  public Stream open() {
    return new Stream() {
      @Override
      public int read(float[] buffer, int offset, int length) throws IOException {
        return FeedSource.this.read(buffer, offset, length);
      }

      @Override
      public String format() {
        return "16000 Hz";
      }

      @Override
      public void close() {
        end();
      }
    };
  }
}
