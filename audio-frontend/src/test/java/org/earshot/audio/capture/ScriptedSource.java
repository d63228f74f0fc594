package org.earshot.audio.capture;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A live source that does as it is told, and lets the clock run as a microphone would.
 *
 * <p>The value of a sample is its index among those given, unless a script says otherwise.
 */
final class ScriptedSource implements CaptureSource {
  /** One thing that happens when the stream is read. */
  interface Step {
    /** Returns how many samples are in the buffer now, 0 to go on with the next step, -1 to end. */
    int read(ScriptedStream stream, float[] buffer, int offset, int length) throws IOException;
  }

  private final FakeClock clock;
  private final Deque<Deque<Step>> openings = new ArrayDeque<>();
  private Runnable whenDone = () -> {};
  private boolean finite;
  private long given;

  ScriptedSource(FakeClock clock) {
    this.clock = clock;
  }

  ScriptedSource finite() {
    finite = true;
    return this;
  }

  /** What to do when all openings were used up. */
  void whenDone(Runnable action) {
    whenDone = action;
  }

  ScriptedSource opening() {
    openings.add(new ArrayDeque<>());
    return this;
  }

  /** The next opening fails, {@code times} times. */
  ScriptedSource refuses(int times, String message) {
    for (int i = 0; i < times; i++) {
      opening();
      openings
          .getLast()
          .add(
              (stream, buffer, offset, length) -> {
                throw new IOException(message);
              });
      openings.getLast().addFirst(REFUSAL);
    }
    return this;
  }

  private static final Step REFUSAL = (stream, buffer, offset, length) -> 0;

  ScriptedSource then(Step step) {
    openings.getLast().add(step);
    return this;
  }

  /** Samples in blocks as long as they are asked for, each when its time has passed. */
  ScriptedSource gives(long samples) {
    return gives(samples, Float.NaN);
  }

  /** As {@link #gives(long)}, all of one value. */
  ScriptedSource gives(long samples, float value) {
    long[] left = {samples};
    return then(
        new Step() {
          @Override
          public int read(ScriptedStream stream, float[] buffer, int offset, int length) {
            int n = (int) Math.min(length, left[0]);
            for (int i = 0; i < n; i++) {
              buffer[offset + i] = Float.isNaN(value) ? given + i : value;
            }
            given += n;
            left[0] -= n;
            if (!finite) {
              clock.advanceNanos(n * CaptureTime.NANOS_PER_SAMPLE);
            }
            if (left[0] > 0) {
              stream.again(this);
            }
            return n;
          }
        });
  }

  ScriptedSource runs(Runnable action) {
    return then(
        (stream, buffer, offset, length) -> {
          action.run();
          return 0;
        });
  }

  ScriptedSource waitsMillis(long millis) {
    return runs(() -> clock.advanceMillis(millis));
  }

  ScriptedSource loses(long samples) {
    return then(
        (stream, buffer, offset, length) -> {
          stream.lost += samples;
          return 0;
        });
  }

  ScriptedSource fails(String message) {
    return then(
        (stream, buffer, offset, length) -> {
          throw new IOException(message);
        });
  }

  ScriptedSource ends() {
    return then((stream, buffer, offset, length) -> -1);
  }

  @Override
  public String name() {
    return "microphone test";
  }

  @Override
  public boolean isFinite() {
    return finite;
  }

  @Override
  public Stream open() throws IOException {
    Deque<Step> steps = openings.poll();
    if (steps == null) {
      whenDone.run();
      throw new IOException("the script is over");
    }
    ScriptedStream stream = new ScriptedStream(steps);
    if (!steps.isEmpty() && steps.peek() == REFUSAL) {
      stream.read(new float[1], 0, 1);
    }
    return stream;
  }

  /** One opening. */
  static final class ScriptedStream implements Stream {
    private final Deque<Step> steps;
    private long lost;
    private volatile boolean closed;

    ScriptedStream(Deque<Step> steps) {
      this.steps = steps;
    }

    void again(Step step) {
      steps.addFirst(step);
    }

    boolean isClosed() {
      return closed;
    }

    @Override
    public int read(float[] buffer, int offset, int length) throws IOException {
      while (true) {
        if (closed) {
          throw new IOException("closed");
        }
        Step step = steps.poll();
        if (step == null) {
          throw new IOException("unplugged");
        }
        int n = step.read(this, buffer, offset, length);
        if (n != 0) {
          return n;
        }
      }
    }

    @Override
    public long lostSamples() {
      long now = lost;
      lost = 0;
      return now;
    }

    @Override
    public String format() {
      return "as scripted";
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
