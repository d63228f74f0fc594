package org.earshot;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts of the device that are wired by the agent alone. */
final class DevicePartsTest {
  private static final List<String> PARTS =
      List.of("guard", "clip", "answer", "outbox", "uplink", "agent", "detect", "network");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.earshot");

  @ParameterizedTest
  @ValueSource(strings = {"guard", "clip", "answer"})
  void knowNeitherEachOtherNorDetectionNorDelivery(String part) {
    List<String> others = new ArrayList<>(PARTS);
    others.remove(part);
    noClasses()
        .that()
        .resideInAPackage("org.earshot." + part + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            others.stream().map(other -> "org.earshot." + other + "..").toArray(String[]::new))
        .check(CLASSES);
  }

  /** So that a run-time image without java.desktop can play through a program. */
  @ParameterizedTest
  @ValueSource(strings = {"guard", "clip", "answer"})
  void needNoJavaDesktopButForJavaSound(String part) {
    noClasses()
        .that()
        .resideInAPackage("org.earshot." + part + "..")
        .and()
        .haveNameNotMatching("org\\.earshot\\.answer\\.JavaSoundOutput(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javax.sound..", "java.awt..", "java.beans..")
        .check(CLASSES);
  }
}
