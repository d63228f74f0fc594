package org.earshot.audio.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.earshot.audio.wav.WavWriter;

/**
 * Records through Java Sound, in a process of its own: ALSA reads its configuration from the
 * environment.
 *
 * <p>Arguments: device ("-" for the default), seconds, file to write. Writes a line for each
 * device, each change of a problem, and the level at the end.
 */
final class JavaSoundRecorder {
  private JavaSoundRecorder() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    for (CaptureDevice device : CaptureDevices.list()) {
      System.out.println("device " + device.index() + " " + device.name());
    }
    JavaSoundSource source = new JavaSoundSource(args[0].equals("-") ? null : args[0]);
    CaptureListener printer =
        new CaptureListener() {
          @Override
          public void problem(CaptureProblem problem, String detail) {
            System.out.println("problem " + problem + " " + detail);
          }

          @Override
          public void cleared(CaptureProblem problem) {
            System.out.println("cleared " + problem);
          }
        };
    CaptureSettings settings =
        CaptureSettings.defaults().withRetryMillis(50, 200).withStuckAndSilentMillis(2_000, 60_000);
    float[] heard = new float[Integer.parseInt(args[1]) * 16_000];
    int length = 0;
    try (Capture capture = new Capture("java", source, printer, settings, CaptureClock.system())) {
      capture.start();
      CaptureBlock block = new CaptureBlock(1_600);
      while (length < heard.length && capture.take(block)) {
        if (length == 0) {
          System.out.println("heard " + capture.format());
        }
        int n = Math.min(block.length, heard.length - length);
        System.arraycopy(block.samples, 0, heard, length, n);
        length += n;
      }
      System.out.println("captured " + length + " lost " + capture.lostSamples());
    }
    WavWriter.write(Path.of(args[2]), Arrays.copyOf(heard, length), 16_000);
  }
}
