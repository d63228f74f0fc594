package org.earshot.audio.capture;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.earshot.audio.AudioFiles;

/**
 * A program that writes what it hears to its standard output, as 16-bit little-endian samples.
 *
 * <p>The program is started by {@link #open} and ended by closing the stream. The end of what it
 * said on its standard error stands in the message when it fails. Immutable; needs no java.desktop.
 */
public final class ProcessSource implements CaptureSource {
  /** Resampled here: what ALSA does about rates aliases, PulseAudio's default is but fair. */
  private static final int NATIVE_RATE_HZ = 48_000;

  private static final String ALSA_HINT =
      "; name the device plughw:... instead of hw:..., so that ALSA converts";

  private final String name;
  private final List<String> command;
  private final int sampleRateHz;
  private final int channels;
  private final Map<String, String> environment;
  private final String secret; // not to be shown; may be empty

  private ProcessSource(
      String name,
      List<String> command,
      int sampleRateHz,
      int channels,
      Map<String, String> environment,
      String secret) {
    if (command.isEmpty()) {
      throw new IllegalArgumentException("no program to run");
    }
    if (sampleRateHz < AudioFiles.MIN_SAMPLE_RATE_HZ
        || sampleRateHz > AudioFiles.MAX_SAMPLE_RATE_HZ
        || channels < 1
        || channels > 32) {
      throw new IllegalArgumentException(
          sampleRateHz + " Hz and " + channels + " channels; give 8000 to 192000 and 1 to 32");
    }
    this.name = name;
    this.command = List.copyOf(command);
    this.sampleRateHz = sampleRateHz;
    this.channels = channels;
    this.environment = Map.copyOf(environment);
    this.secret = secret;
  }

  /**
   * Any program.
   *
   * @param name for people
   * @param command the program and its arguments; no shell reads them
   * @param sampleRateHz what it writes, 8000 to 192000
   * @param channels what it writes, 1 to 32, interleaved
   */
  public static ProcessSource of(
      String name, List<String> command, int sampleRateHz, int channels) {
    return new ProcessSource(name, command, sampleRateHz, channels, Map.of(), "");
  }

  /** An ALSA device by its name, "plughw:1" or "default", through {@code arecord}. */
  public static ProcessSource arecord(String device) {
    return of(
        "microphone " + device + " (arecord)",
        List.of(
            "arecord",
            "--quiet",
            "--device=" + device,
            "--file-type=raw",
            "--format=S16_LE",
            "--rate=" + NATIVE_RATE_HZ,
            "--channels=1",
            "--buffer-time=500000",
            "--period-time=50000"),
        NATIVE_RATE_HZ,
        1);
  }

  /** A source of PulseAudio or PipeWire by its name, null for the default, by {@code parec}. */
  public static ProcessSource parec(String device) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "parec",
                "--raw",
                "--format=s16le",
                "--rate=" + NATIVE_RATE_HZ,
                "--channels=1",
                "--latency-msec=50",
                "--client-name=Earshot"));
    if (device != null) {
      command.add("--device=" + device);
    }
    return of(
        device == null ? "default microphone (parec)" : "microphone " + device + " (parec)",
        command,
        NATIVE_RATE_HZ,
        1);
  }

  /** A node of PipeWire by its name or serial, null for the default, by {@code pw-record}. */
  public static ProcessSource pwRecord(String target) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "pw-record",
                "--format=s16",
                "--rate=" + NATIVE_RATE_HZ,
                "--channels=1",
                "--latency=50ms"));
    if (target != null) {
      command.add("--target=" + target);
    }
    command.add("-");
    return of(
        target == null ? "default microphone (pw-record)" : "microphone " + target + " (pw-record)",
        command,
        NATIVE_RATE_HZ,
        1);
  }

  /**
   * The sound of a camera or of anything else that ffmpeg opens, by its URL: "rtsp://camera/1". A
   * user and password in it are given to ffmpeg, and shown in no message.
   */
  public static ProcessSource ffmpeg(String url) {
    List<String> input = new ArrayList<>();
    if (url.startsWith("rtsp:")) {
      input.addAll(List.of("-rtsp_transport", "tcp")); // UDP loses packets on wireless links
      // else it waits for a picture to decode, and seconds of sound come at once
      input.addAll(List.of("-allowed_media_types", "audio"));
    }
    input.addAll(List.of("-i", url));
    String userInfo = userInfo(url);
    String shown = userInfo.isEmpty() ? url : url.replace(userInfo + "@", "");
    return ffmpeg("stream " + shown, input).withSecret(userInfo);
  }

  /** Anything that ffmpeg opens, by its arguments for the input, {@code -i} included. */
  public static ProcessSource ffmpeg(String name, List<String> inputArguments) {
    List<String> command =
        new ArrayList<>(List.of("ffmpeg", "-nostdin", "-hide_banner", "-loglevel", "error"));
    command.addAll(inputArguments);
    command.addAll(
        List.of(
            "-vn", // no pictures
            "-ac",
            "1",
            "-ar",
            String.valueOf(AudioFiles.SAMPLE_RATE_HZ),
            "-f",
            "s16le",
            "-flush_packets",
            "1", // else it comes a second late
            "-"));
    return of(name, command, AudioFiles.SAMPLE_RATE_HZ, 1);
  }

  /** This source with more variables in the program's environment. */
  public ProcessSource withEnvironment(Map<String, String> variables) {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(variables);
    return new ProcessSource(name, command, sampleRateHz, channels, all, secret);
  }

  private ProcessSource withSecret(String text) {
    return new ProcessSource(name, command, sampleRateHz, channels, environment, text);
  }

  /** Returns the program and its arguments. */
  public List<String> command() {
    return command;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isFinite() {
    return false;
  }

  @Override
  public Stream open() throws IOException {
    return new ProcessStream(
        this, Programs.start(command, environment, false), sampleRateHz, channels);
  }

  /** What the program said, made fit to be shown. */
  String explain(String said) {
    String shown = secret.isEmpty() ? said : said.replace(secret, "***");
    boolean alsaRefuses =
        shown.contains("count non available") || shown.contains("format non available");
    return command.get(0).equals("arecord") && alsaRefuses ? shown + ALSA_HINT : shown;
  }

  private static String userInfo(String url) {
    try {
      String userInfo = new URI(url).getRawUserInfo();
      if (userInfo != null) {
        return userInfo;
      }
    } catch (URISyntaxException e) {
      // passwords hold what a URI must not: found below
    }
    int start = url.indexOf("://") + 3;
    int slash = url.indexOf('/', start);
    int end = url.lastIndexOf('@', slash < 0 ? url.length() : slash);
    return start >= 3 && end > start ? url.substring(start, end) : "";
  }
}
