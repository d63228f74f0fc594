package org.earshot.agent.listen;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.earshot.agent.config.DeviceConfig;
import org.earshot.answer.AlertHook;
import org.earshot.answer.HookAlert;
import org.earshot.answer.JavaSoundOutput;
import org.earshot.answer.LiveListener;
import org.earshot.answer.LiveListening;
import org.earshot.answer.LiveSettings;
import org.earshot.answer.ProcessOutput;
import org.earshot.answer.SirenListener;
import org.earshot.answer.SirenPlayer;
import org.earshot.answer.SoundOutput;
import org.earshot.event.CommandMessage;
import org.earshot.event.EventMessage;
import org.earshot.event.LiveFrame;
import org.earshot.event.Phase;
import org.earshot.event.StateMessage;
import org.earshot.model.EventLabels;

/**
 * Siren, the owner's program and live listening, as the configuration has them. What they do is
 * told to the broker, where there is one; what fails is a problem of the device.
 */
final class Answers implements Announcer, AutoCloseable {
  private static final int SOUND_RATE_HZ = 48_000; // every sound card's own
  private static final int HOOK_QUEUE = 64;
  private static final int FRAME_MILLIS = 60;
  private static final int FRAME_SAMPLES = 16 * FRAME_MILLIS;

  private final DeviceConfig.SirenConfig sirenConfig;
  private final Duration sirenLimit;
  private final Duration liveLimit;
  private final BrokerSide broker; // null without one
  private final Runnable stateChanged;
  private final SirenPlayer siren; // null without a loudspeaker
  private final AlertHook hook; // null without a program
  private final LiveListening live;
  private final AtomicReference<StateMessage.Live> listener = new AtomicReference<>();

  /**
   * @param broker null without one
   * @param stateChanged run when somebody begins or ceases to listen in
   */
  Answers(
      DeviceConfig config,
      BrokerSide broker,
      DeviceProblems problems,
      Runnable stateChanged,
      Clock clock) {
    this.broker = broker;
    this.stateChanged = stateChanged;
    sirenConfig = config.siren();
    sirenLimit = Duration.ofMillis(Math.round(1000 * sirenConfig.seconds()));
    liveLimit = Duration.ofMillis(Math.round(1000 * config.live().longestSeconds()));
    SoundOutput speaker = speaker(sirenConfig.output());
    LongSupplier nanoTime = System::nanoTime;
    siren =
        sirenConfig.output().equals("none")
            ? null
            : new SirenPlayer(
                speaker, SOUND_RATE_HZ, sirenLimit, new Sounding(broker, problems), nanoTime);
    hook =
        config.hook().isEmpty()
            ? null
            : new AlertHook(
                config.hook(),
                Duration.ofMillis(Math.round(1000 * config.hookSeconds())),
                HOOK_QUEUE,
                result -> {});
    LiveSettings settings =
        new LiveSettings(config.live().enabled() && broker != null, liveLimit, FRAME_MILLIS);
    live = new LiveListening(settings, speaker, new Listening(), clock);
  }

  private static SoundOutput speaker(String output) {
    return switch (output) {
      case "java" -> JavaSoundOutput.standard();
      case "aplay" -> ProcessOutput.aplay("default");
      default -> new NoSpeaker();
    };
  }

  @Override
  public void announce(EventMessage message) {
    if (message.phase() != Phase.OPENED) {
      return;
    }
    if (siren != null && sirenConfig.events().contains(message.event())) {
      siren.start(sirenLimit, message.event());
    }
    if (hook != null) {
      hook.alert(
          new HookAlert(
              message.event(),
              message.id().text(),
              message.onset(),
              message.posterior(),
              message.microphone(),
              message.mode(),
              EventLabels.ALARMS.contains(message.event())));
    }
  }

  /**
   * Sounds or silences the siren.
   *
   * @throws IllegalArgumentException saying why when it cannot be
   */
  void siren(CommandMessage.SoundSiren command) {
    if (siren == null) {
      throw new IllegalArgumentException("no loudspeaker is configured: [siren] output is none");
    }
    if (command.on()) {
      siren.start(
          command.seconds() == 0 ? sirenLimit : Duration.ofSeconds(command.seconds()), "command");
    } else {
      siren.stop("command");
    }
  }

  /**
   * Starts or ends a live listening.
   *
   * @throws IllegalArgumentException saying why when it is refused
   */
  void live(CommandMessage.ListenLive command) {
    if (!command.on()) {
      live.stop(command.who());
      return;
    }
    Duration wanted = command.seconds() == 0 ? liveLimit : Duration.ofSeconds(command.seconds());
    Optional<String> refusal = live.start(command.who(), wanted, this::frame);
    refusal.ifPresent(
        reason -> {
          throw new IllegalArgumentException(reason);
        });
  }

  private void frame(long index, byte[] pcm, int length) {
    short[] samples = new short[length / 2];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) ((pcm[2 * i] & 0xff) | pcm[2 * i + 1] << 8);
    }
    broker.live(new LiveFrame(index * FRAME_SAMPLES, samples).toBytes());
  }

  /** The samples of the first microphone, which a live listening takes. */
  void heard(float[] samples, int length, long startSample) {
    live.push(samples, 0, length);
  }

  /** Does what is due by now. */
  void advance(Instant now) {
    live.advance(now);
  }

  /** Whether the device hears itself: its own siren is no event. */
  boolean makes(String event) {
    return event.equals("siren") && siren != null && siren.isSounding();
  }

  /** Who listens in now; null when nobody does. */
  StateMessage.Live listener() {
    return listener.get();
  }

  @Override
  public void close() {
    live.close();
    if (siren != null) {
      siren.close();
    }
    if (hook != null) {
      hook.close();
    }
  }

  /** What the siren does. */
  private record Sounding(BrokerSide broker, DeviceProblems problems) implements SirenListener {
    @Override
    public void changed(boolean sounding, String cause) {
      if (broker != null) {
        broker.retainSiren(sounding);
      }
      if (sounding) {
        problems.end("failed", "siren");
      }
    }

    @Override
    public void failed(String message) {
      problems.begin("failed", "siren", message);
    }
  }

  /** Who listens in is part of the device's state, for everybody to see. */
  private final class Listening implements LiveListener {
    @Override
    public void started(String who, Instant until) {
      listener.set(new StateMessage.Live(who, until));
      stateChanged.run();
    }

    @Override
    public void stopped(String who, String cause) {
      listener.set(null);
      stateChanged.run();
    }

    @Override
    public void refused(String who, String reason) {
      // LiveListening has logged it; nothing has changed.
    }
  }

  /** A device that was told to be silent. */
  private static final class NoSpeaker implements SoundOutput {
    @Override
    public String name() {
      return "none";
    }

    @Override
    public Line open(int sampleRateHz) throws IOException {
      throw new IOException("no loudspeaker is configured: [siren] output is none");
    }
  }
}
