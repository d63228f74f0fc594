package org.earshot.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where things lie in this checkout. */
final class Checkout {
  static final Path ROOT = root();
  static final Path MODELS = ROOT.resolve("models");
  static final Path DEMO = ROOT.resolve("device-runtime/demo");
  static final Path LAUNCHER = ROOT.resolve("scripts/earshot");

  private Checkout() {}

  /** Returns the jars that the launcher runs, as the package phase left them. */
  static List<Path> deviceJars() throws IOException {
    Path target = ROOT.resolve("device-runtime/target");
    List<Path> jars = new ArrayList<>(jars(target));
    assertThat(jars).as("run 'mvn verify', which packages the device's jar").hasSize(1);
    jars.addAll(jars(target.resolve("lib")));
    assertThat(jars).as("libraries beside the device's jar").hasSizeGreaterThan(1);
    return jars;
  }

  /** Returns the class path that the launcher uses. */
  static String deviceClassPath() throws IOException {
    return deviceJars().stream()
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Returns the program of this JVM. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static List<Path> jars(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("scripts/earshot"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("run within the checkout: no scripts/earshot above here");
      }
    }
    return folder;
  }
}
