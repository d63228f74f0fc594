package org.earshot.audio.capture;

import java.io.IOException;
import java.util.List;

/** Captures from a program, then tries Java Sound; for a Java without java.desktop. */
final class WithoutJavaDesktop {
  private WithoutJavaDesktop() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    System.out.println("java.desktop " + ModuleLayer.boot().findModule("java.desktop").isPresent());
    ProcessSource zeros = ProcessSource.of("zeros", List.of("cat", "/dev/zero"), 48_000, 1);
    CaptureListener none =
        new CaptureListener() {
          @Override
          public void problem(CaptureProblem problem, String detail) {}

          @Override
          public void cleared(CaptureProblem problem) {}
        };
    try (Capture capture = new Capture("program", zeros, none)) {
      capture.start();
      System.out.println("program " + capture.take(new CaptureBlock(100)));
    }
    try {
      new JavaSoundSource(null).open().close();
      System.out.println("Java Sound opened");
    } catch (IOException e) {
      System.out.println(e.getMessage());
    }
  }
}
