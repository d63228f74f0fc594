package org.earshot.answer;

import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the owner listen in: only when enabled, after a chime in the room, for a limited time.
 *
 * <p>A session goes: request, chime, announcement ({@link LiveListener#started}), frames, end. No
 * sample from before the end of the chime leaves; where the chime cannot be played the request is
 * refused. One session at a time, on a thread {@code live}; it ends on command, at the limit
 * (counted in samples, and by the clock through {@link #advance} where none come), and when
 * disabled. Starts, refusals and ends are logged with who asked.
 *
 * <p>Thread-safe; {@link #push} is for the one thread that hears the microphone, never blocks, and
 * allocates nothing.
 */
public final class LiveListening implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveListening.class);
  private static final int WHO_CHARS = 64;

  private final SoundOutput speaker;
  private final LiveListener listener;
  private final Clock clock;

  private LiveSettings settings;
  private Session session; // null while nobody listens; guarded by this
  private boolean closed;
  private volatile LiveFrames frames; // null unless frames are wanted

  /** Makes it ready; nobody listens. */
  public LiveListening(
      LiveSettings settings, SoundOutput speaker, LiveListener listener, Clock clock) {
    this.settings = settings;
    this.speaker = speaker;
    this.listener = listener;
    this.clock = clock;
  }

  /**
   * Asks to listen.
   *
   * @param who asks, for the announcement and the log
   * @param wanted for how long; the limit at most
   * @return the reason if it is refused at once; a failing chime refuses later, through the
   *     listener
   */
  public Optional<String> start(String who, Duration wanted, LiveSink sink) {
    String asker = Printable.line(who, WHO_CHARS);
    String refusal;
    synchronized (this) {
      refusal = refusal(wanted);
      if (refusal == null) {
        Duration limit = settings.limit();
        session =
            new Session(
                asker,
                wanted.compareTo(limit) < 0 ? wanted : limit,
                new LiveFrames(settings.frameMillis(), sink));
        Thread thread = new Thread(session, "live");
        thread.setDaemon(true);
        thread.start();
      }
    }
    if (refusal != null) {
      refuse(asker, refusal);
    }
    return Optional.ofNullable(refusal);
  }

  private String refusal(Duration wanted) {
    if (closed || !settings.enabled()) {
      return "live listening is disabled in the configuration";
    }
    if (wanted.compareTo(Duration.ofSeconds(1)) < 0) {
      return "asked for " + wanted.toMillis() + " ms, wanted at least 1 s";
    }
    return session == null ? null : session.who + " listens already";
  }

  private void refuse(String who, String reason) {
    LOG.info("live: refused to {}: {}", who, reason);
    listener.refused(who, reason);
  }

  /** Ends the session, if there is one. */
  public synchronized void stop(String cause) {
    if (session != null) {
      session.end(Printable.line(cause, WHO_CHARS));
    }
  }

  /** Takes other settings; when they disable it, a session ends. */
  public synchronized void configure(LiveSettings newSettings) {
    settings = newSettings;
    if (!newSettings.enabled()) {
      stop("disabled");
    }
  }

  /** Hears more samples; they go nowhere unless somebody listens. */
  public void push(float[] samples, int offset, int length) {
    LiveFrames wanted = frames;
    if (wanted != null) {
      wanted.push(samples, offset, length);
    }
  }

  /** Returns when {@link #advance} must be called next, if ever. */
  public synchronized Optional<Instant> nextDeadline() {
    return session == null ? Optional.empty() : Optional.ofNullable(session.until);
  }

  /** Ends a session whose time is over. */
  public synchronized void advance(Instant now) {
    if (session != null && session.until != null && !now.isBefore(session.until)) {
      session.end("time over");
    }
  }

  /** Returns whether somebody listens, or will after the chime. */
  public synchronized boolean isActive() {
    return session != null;
  }

  /** Ends the session and refuses others. */
  @Override
  public synchronized void close() {
    closed = true;
    stop("shutdown");
  }

  /** One time that somebody listens. */
  private final class Session implements Runnable {
    private final String who;
    private final Duration duration;
    private final LiveFrames wanted;
    private Instant until; // null until the chime was heard
    private String cause; // of the end, null until then

    Session(String who, Duration duration, LiveFrames wanted) {
      this.who = who;
      this.duration = duration;
      this.wanted = wanted;
    }

    void end(String why) {
      if (cause == null) {
        cause = why;
        frames = null;
        wanted.cancel();
      }
    }

    @Override
    public void run() {
      String failure = null;
      boolean announced = false;
      try {
        Chime.play(speaker);
        announced = begin();
        if (announced) {
          wanted.deliver();
        }
      } catch (IOException e) {
        failure = "the chime cannot be played: " + e.getMessage();
      } catch (RuntimeException e) {
        failure = "failed: " + e;
        LOG.error("live: a session failed", e);
      } catch (InterruptedException e) {
        failure = "interrupted";
      }
      finish(announced, failure);
    }

    private boolean begin() {
      Instant end;
      synchronized (LiveListening.this) {
        if (cause != null) {
          return false;
        }
        end = clock.instant().plus(duration);
        until = end;
      }
      LOG.info("live: {} listens until {}", who, end);
      listener.started(who, end);
      synchronized (LiveListening.this) {
        if (cause == null) {
          wanted.limitSamples(duration);
          frames = wanted;
        }
      }
      return true;
    }

    private void finish(boolean announced, String failure) {
      String why;
      synchronized (LiveListening.this) {
        end(failure != null ? failure : "time over");
        why = cause;
      }
      try {
        if (announced) {
          LOG.info("live: {} no longer listens: {}; {} dropped", who, why, wanted.dropped());
          listener.stopped(who, why);
        } else {
          refuse(who, why);
        }
      } finally {
        synchronized (LiveListening.this) {
          session = null; // only now, so that another session is announced after this one's end
        }
      }
    }
  }
}
