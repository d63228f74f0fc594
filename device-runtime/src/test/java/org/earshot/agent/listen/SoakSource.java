package org.earshot.agent.listen;

import java.io.IOException;
import java.util.List;
import org.earshot.audio.capture.CaptureSource;

/**
 * A long time in a home, made while it is listened to: the first fifth of every period holds sounds
 * with pauses, the rest is noise whose level wanders.
 *
 * <p>Its stream allocates nothing, and is the same every time.
 */
final class SoakSource implements CaptureSource {
  private static final int MINUTE = 60 * 16_000; // samples
  private static final int PAUSE = 4 * 16_000;

  private final int minutes;
  private final int periodMinutes;
  private final List<float[]> sounds;
  private final Mark mark;

  /** Is told of every minute that has been given, on the thread that captures. */
  @FunctionalInterface
  interface Mark {
    void minute(int minutes, long samples) throws InterruptedException;
  }

  SoakSource(int minutes, int periodMinutes, List<float[]> sounds, Mark mark) {
    this.minutes = minutes;
    this.periodMinutes = periodMinutes;
    this.sounds = List.copyOf(sounds);
    this.mark = mark;
  }

  @Override
  public String name() {
    return minutes + " minutes of sounds and noise";
  }

  @Override
  public boolean isFinite() {
    return true;
  }

  @Override
  public Stream open() {
    return new Made();
  }

  private final class Made implements Stream {
    private long given;
    private int sound; // index of the one that is heard
    private int position; // in it, or beyond its end in the pause
    private long noise = 1; // state of a xorshift generator (Marsaglia 2003)
    private volatile boolean closed;

    @Override
    public int read(float[] buffer, int offset, int length) throws IOException {
      if (closed) {
        throw new IOException("closed");
      }
      int minute = (int) (given / MINUTE);
      int left = MINUTE - (int) (given % MINUTE);
      if (left == MINUTE && given > 0) {
        tell(minute);
      }
      if (minute == minutes) {
        return -1;
      }
      int count = Math.min(length, left);
      float level = 0.0005f * (1 + minute % 7);
      boolean quiet = minute % periodMinutes >= periodMinutes / 5;
      for (int i = 0; i < count; i++) {
        buffer[offset + i] = level * nextNoise() + (quiet ? 0 : nextOfSounds());
      }
      given += count;
      return count;
    }

    private void tell(int minute) throws IOException {
      try {
        mark.minute(minute, given);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }

    /** Uniform in [-1, 1). */
    private float nextNoise() {
      noise ^= noise << 13;
      noise ^= noise >>> 7;
      noise ^= noise << 17;
      return (int) noise / 0x1p31f;
    }

    private float nextOfSounds() {
      float[] now = sounds.get(sound);
      float sample = position < now.length ? now[position] : 0;
      if (++position == now.length + PAUSE) {
        position = 0;
        sound = (sound + 1) % sounds.size();
      }
      return sample;
    }

    @Override
    public String format() {
      return "16000 Hz";
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
