package org.earshot.answer;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Sounds the siren until it is stopped or its time is over; never two at once.
 *
 * <p>Plays on a thread {@code siren} of its own, which exists while it sounds. The time is counted
 * in samples played. Calls return at once. Thread-safe.
 */
public final class SirenPlayer implements Closeable {
  private static final int BLOCKS_A_SECOND = 10;
  private static final Duration STUCK = Duration.ofSeconds(10); // beyond its time

  private final SoundOutput output;
  private final int sampleRateHz;
  private final Duration limit;
  private final SirenListener listener;
  private final LongSupplier nanoTime;

  private Sounding sounding; // null while silent; guarded by this
  private Thread last; // of the last sounding, maybe still ending; guarded by this
  private boolean closed;

  /**
   * Makes a silent siren.
   *
   * @param limit that no call exceeds
   * @param nanoTime {@code System::nanoTime}
   */
  public SirenPlayer(
      SoundOutput output,
      int sampleRateHz,
      Duration limit,
      SirenListener listener,
      LongSupplier nanoTime) {
    if (limit.compareTo(Duration.ofSeconds(1)) < 0 || limit.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException(
          "siren limit is " + limit.toSeconds() + " s, wanted 1 to 3600");
    }
    this.output = output;
    this.sampleRateHz = new SirenSound(sampleRateHz).sampleRateHz();
    this.limit = limit;
    this.listener = listener;
    this.nanoTime = nanoTime;
  }

  /**
   * Sounds the siren. If it sounds already it goes on, to the later of both ends.
   *
   * @param wanted for how long; the limit at most
   * @param cause for people: who or what
   * @return whether it was silent before
   */
  public synchronized boolean start(Duration wanted, String cause) {
    if (wanted.isNegative() || wanted.isZero()) {
      throw new IllegalArgumentException("siren for " + wanted.toMillis() + " ms");
    }
    if (closed) {
      return false;
    }
    Duration granted = wanted.compareTo(limit) < 0 ? wanted : limit;
    long samples = granted.toMillis() * sampleRateHz / 1_000;
    long now = nanoTime.getAsLong();
    if (sounding != null && now - sounding.deadlineNanos > STUCK.toNanos()) {
      sounding.stop("the loudspeaker is stuck");
      sounding = null;
    }
    if (sounding != null && sounding.extend(samples, now + granted.toNanos())) {
      return false;
    }
    sounding = new Sounding(samples, now + granted.toNanos(), cause, last);
    last = new Thread(sounding, "siren");
    last.setDaemon(true);
    last.start();
    return true;
  }

  /**
   * Silences the siren; nothing happens if it is silent.
   *
   * @param cause for people: who or what
   */
  public synchronized void stop(String cause) {
    if (sounding != null) {
      sounding.stop(cause);
      sounding = null;
    }
  }

  /** Returns whether it sounds, or is about to. */
  public synchronized boolean isSounding() {
    return sounding != null;
  }

  /** Silences it for good, and waits until it is silent. */
  @Override
  public void close() {
    Thread ending;
    synchronized (this) {
      closed = true;
      stop("shutdown");
      ending = last;
    }
    if (ending != null) {
      try {
        ending.join(STUCK.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized void ended(Sounding ended) {
    if (sounding == ended) {
      sounding = null;
    }
  }

  /** One time that it sounds. */
  private final class Sounding implements Runnable {
    private final String cause;
    private final Thread before; // null or the one that must be silent first
    private final Object lock = new Object();
    private long samplesLeft;
    private long deadlineNanos; // guarded by the player
    private SoundOutput.Line line;
    private String stopped; // why, null while it goes on

    Sounding(long samples, long deadlineNanos, String cause, Thread before) {
      samplesLeft = samples;
      this.deadlineNanos = deadlineNanos;
      this.cause = cause;
      this.before = before;
    }

    /** Returns false when its last sample is on its way: another must follow it. */
    boolean extend(long samples, long newDeadlineNanos) {
      synchronized (lock) {
        if (samplesLeft == 0) {
          return false;
        }
        samplesLeft = Math.max(samplesLeft, samples);
      }
      deadlineNanos = Math.max(deadlineNanos, newDeadlineNanos);
      return true;
    }

    void stop(String why) {
      SoundOutput.Line open;
      synchronized (lock) {
        stopped = why;
        open = line;
      }
      if (open != null) {
        open.close();
      }
    }

    @Override
    public void run() {
      String failure = null;
      try {
        if (before != null) {
          before.join();
        }
        play();
      } catch (IOException e) {
        failure = e.getMessage();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        ended(this);
        String why;
        boolean heard;
        synchronized (lock) {
          why = stopped;
          heard = line != null;
        }
        if (failure != null && why == null) {
          listener.failed(failure);
        }
        if (heard) {
          listener.changed(false, why != null ? why : failure != null ? failure : "time over");
        }
      }
    }

    private void play() throws IOException {
      synchronized (lock) {
        if (stopped != null) {
          return;
        }
      }
      try (SoundOutput.Line opened = output.open(sampleRateHz)) {
        synchronized (lock) {
          if (stopped != null) {
            return;
          }
          line = opened;
        }
        listener.changed(true, cause);
        SirenSound sound = new SirenSound(sampleRateHz);
        byte[] block = new byte[2 * (sampleRateHz / BLOCKS_A_SECOND)];
        for (int samples = nextBlock(block); samples > 0; samples = nextBlock(block)) {
          sound.next(block, samples);
          opened.write(block, 0, 2 * samples);
        }
        synchronized (lock) {
          if (stopped != null) {
            return;
          }
        }
        opened.drain();
      }
    }

    private int nextBlock(byte[] block) {
      synchronized (lock) {
        int samples = stopped != null ? 0 : (int) Math.min(block.length / 2, samplesLeft);
        samplesLeft -= samples;
        return samples;
      }
    }
  }
}
