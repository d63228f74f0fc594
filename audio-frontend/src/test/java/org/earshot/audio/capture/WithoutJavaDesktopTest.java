package org.earshot.audio.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The run-time image of a small board need not have java.desktop. */
final class WithoutJavaDesktopTest {

  @Test
  void programsAreHeardAndJavaSoundSaysWhatIsMissing() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--limit-modules",
                "java.base",
                "-cp",
                System.getProperty("java.class.path"),
                WithoutJavaDesktop.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(process.waitFor()).isZero();
    assertThat(lines)
        .containsExactly(
            "java.desktop false",
            "program true",
            "this Java has no sound (module java.desktop and ALSA's library); capture with arecord"
                + " or parec instead");
  }
}
