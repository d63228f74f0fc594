package org.earshot.agent;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.earshot.agent.config.DeviceConfig;
import org.earshot.agent.listen.MicCheck;
import org.earshot.agent.listen.Microphones;
import org.earshot.audio.capture.Capture;
import org.earshot.audio.capture.CaptureDevice;
import org.earshot.audio.capture.CaptureDevices;
import org.earshot.audio.capture.CaptureListener;
import org.earshot.audio.capture.CaptureProblem;
import org.earshot.audio.capture.CaptureSource;
import org.earshot.audio.capture.ReplaySource;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.detect.Sensitivity;
import org.earshot.detect.StreamingDetector;
import org.earshot.model.SoundModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Tries the microphone: lists what there is, shows the level, waits for an alarm's test button. */
@Command(
    name = "check-mic",
    mixinStandardHelpOptions = true,
    versionProvider = EarshotVersion.class,
    description = {
      "Tries a microphone: shows the level, judges the quiet room, and waits for the test button",
      "of your smoke alarm.",
      "",
      "Exit code 0 when the alarm was heard, 1 when not."
    })
final class CheckMicCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelOption modelOption;
  @Mixin private MicrophoneOption microphoneOption;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Takes the first microphone of this configuration.")
  private Path config;

  @Option(
      names = "--wav",
      paramLabel = "FILE",
      description = "Hears a recording in place of a microphone.")
  private Path recording;

  @Option(names = "--list", description = "Only lists the microphones.")
  private boolean list;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "60",
      description = "How long to wait for the alarm (${DEFAULT-VALUE}).")
  private int seconds;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (seconds < 1 || seconds > 3600) {
      throw new ParameterException(spec.commandLine(), "--seconds: wanted 1 to 3600");
    }
    // A person reads the same in plain words.
    System.setProperty("org.slf4j.simpleLogger.log.org.earshot", "error");
    PrintWriter out = spec.commandLine().getOut();
    if (list) {
      for (CaptureDevice each : devices()) {
        out.printf("%2d  %s  %s%n", each.index(), each.name(), Messages.line(each.description()));
      }
      return ExitCode.DONE;
    }
    SoundModel model = modelOption.load();
    Set<String> alarms = MicCheck.events(Set.copyOf(model.events()));
    if (alarms.isEmpty()) {
      throw new IOException("the model hears no alarm; check-mic needs one with smoke_alarm");
    }
    StreamingDetector detector =
        new StreamingDetector(model, FeatureSpec.standard(), alarms, Sensitivity.standard());
    CaptureSource microphone = microphone();
    out.println("Listening to " + microphone.name() + ".");
    boolean terminal = Boolean.getBoolean("earshot.terminal");
    Problems problems = new Problems(out);
    try (Capture capture = new Capture("check", microphone, problems)) {
      problems.capture = capture;
      capture.start();
      MicCheck.Outcome outcome = new MicCheck(out, terminal).run(capture, detector, seconds);
      return outcome == MicCheck.Outcome.ALARM_HEARD ? ExitCode.DONE : ExitCode.FAILED;
    }
  }

  private CaptureSource microphone() throws IOException {
    if (recording != null) {
      return ReplaySource.fast(List.of(recording));
    }
    return Microphones.source(
        config == null || microphoneOption.isGiven()
            ? microphoneOption.microphone()
            : DeviceConfig.read(config).microphones().get(0));
  }

  private List<CaptureDevice> devices() throws IOException {
    return switch (microphoneOption.kind()) {
      case ARECORD -> CaptureDevices.listAlsa();
      case PAREC, PW_RECORD -> CaptureDevices.listPulse();
      default -> CaptureDevices.list();
    };
  }

  /** A person waits: what is wrong ends it, with the advice. */
  private static final class Problems implements CaptureListener {
    private final PrintWriter out;
    private volatile Capture capture;

    Problems(PrintWriter out) {
      this.out = out;
    }

    @Override
    public void problem(CaptureProblem problem, String detail) {
      out.println(Messages.line(detail));
      if (problem != CaptureProblem.OVERRUN) {
        capture.close();
      }
    }

    @Override
    public void cleared(CaptureProblem problem) {}
  }
}
