package org.earshot.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.earshot.model.ModelFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher as a user starts it.
 *
 * <p>It runs from a copy of the checkout that has the launcher, the packaged jars, the model, and
 * the stamp that a build leaves, so that it neither builds within the build nor changes this
 * checkout. A Maven that only reports its call stands first in the path.
 */
class LauncherTest {
  @TempDir Path folder;

  private Path launcher;
  private Path elsewhere;
  private Path mavenCalls;

  @BeforeEach
  void copyTheCheckout() throws IOException {
    Path copy = Files.createDirectory(folder.resolve("a copy"));
    Path scripts = Files.createDirectory(copy.resolve("scripts"));
    launcher = scripts.resolve("earshot");
    Files.copy(Checkout.LAUNCHER, launcher, StandardCopyOption.COPY_ATTRIBUTES);
    for (String folderOfModel : List.of("", ModelFile.HEADS_FOLDER)) {
      copyFiles(Checkout.MODELS.resolve(folderOfModel), copy.resolve("models/" + folderOfModel));
    }
    Path target = Files.createDirectories(copy.resolve("device-runtime/target"));
    Path lib = Files.createDirectory(target.resolve("lib"));
    List<Path> jars = Checkout.deviceJars();
    for (Path jar : jars) {
      Files.copy(jar, (jar.equals(jars.get(0)) ? target : lib).resolve(jar.getFileName()));
    }
    Files.createFile(target.resolve("earshot.stamp"));
    elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    mavenCalls = folder.resolve("maven-calls");
    Path tools = Files.createDirectory(folder.resolve("tools"));
    Path maven = tools.resolve("mvn");
    Files.writeString(maven, "#!/bin/sh\necho called >>'" + mavenCalls + "'\nexit 1\n");
    Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void printsTheTableAndNothingElseFromAnotherFolder() throws Exception {
    Path alarm = Checkout.DEMO.resolve("co-alarm-t4.wav");
    Detection inThisJvm = Detection.of(alarm);
    assertThat(inThisJvm.rows()).isNotEmpty();
    ChildProcess launched = launch("detect", alarm.toString());
    assertThat(launched).isEqualTo(new ChildProcess(0, inThisJvm.out(), ""));
    assertThat(mavenCalls).doesNotExist();
  }

  @Test
  void takesPathsFromWhereItIsStarted() throws Exception {
    Files.copy(Checkout.DEMO.resolve("co-alarm-t4.wav"), elsewhere.resolve("kitchen.wav"));
    ChildProcess launched = launch("detect", "kitchen.wav", "cellar.wav");
    assertThat(launched.code()).isEqualTo(65);
    assertThat(launched.err().lines()).singleElement().asString().contains("cellar.wav");
    assertThat(launched.out().lines())
        .startsWith(Detection.HEADER)
        .anyMatch(line -> line.startsWith("kitchen.wav\t"));
  }

  private static void copyFiles(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private ChildProcess launch(String... arguments) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("bash", launcher.toString());
    builder.command().addAll(List.of(arguments));
    builder.directory(elsewhere.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("EARSHOT_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder
        .environment()
        .merge("PATH", "", (path, unused) -> folder.resolve("tools") + File.pathSeparator + path);
    return ChildProcess.run(folder, builder);
  }
}
