package org.earshot;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Holds the layout of docs/architecture.md. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.earshot");

  private static final String[] CORE = {
    "org.earshot.audio.feature..",
    "org.earshot.kernel..",
    "org.earshot.network..",
    "org.earshot.detect..",
    "org.earshot.model.."
  };

  /** The core can move to a smaller embedded JVM: java.base without reflection, and JTransforms. */
  @Test
  void coreNeedsJavaBaseAndJTransformsOnly() {
    classes()
        .that()
        .resideInAnyPackage(CORE)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "org.earshot.audio.feature..",
            "org.earshot.kernel..",
            "org.earshot.network..",
            "org.earshot.detect..",
            "org.earshot.model..",
            "java.lang",
            "java.lang.invoke", // how javac compiles lambdas and string concatenation
            "java.lang.runtime", // and the equals of records
            "java.util..",
            "java.io",
            "java.nio..",
            "java.security",
            "java.math",
            "org.jtransforms..")
        .check(CLASSES);
  }

  @Test
  void coreUsesNoReflection() {
    noClasses()
        .that()
        .resideInAnyPackage(CORE)
        .should()
        .callMethod(Class.class, "forName", String.class)
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("java.lang.reflect..", "sun..", "jdk..")
        .check(CLASSES);
  }

  @Test
  void nothingDependsOnTheTrainer() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.earshot.dataset..",
            "org.earshot.simulation..",
            "org.earshot.training..",
            "org.earshot.evaluation..",
            "org.earshot.quantize..",
            "org.earshot.export..",
            "org.deeplearning4j..",
            "org.nd4j..")
        .check(CLASSES);
  }

  @Test
  void frontEndDoesNotKnowTheRuntime() {
    noClasses()
        .that()
        .resideInAPackage("org.earshot.audio..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.earshot.kernel..",
            "org.earshot.network..",
            "org.earshot.detect..",
            "org.earshot.model..",
            "org.earshot.agent..")
        .check(CLASSES);
  }

  @Test
  void nothingBelowKnowsTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.earshot.agent..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.earshot.agent..", "picocli..")
        .check(CLASSES);
  }

  /** An image without java.desktop can do all but capture through Java Sound and sound a siren. */
  @Test
  void javaSoundStaysWhereItIsPlayedAndCaptured() {
    noClasses()
        .that()
        .haveNameNotMatching("org\\.earshot\\.audio\\.capture\\.JavaSound(Devices|Stream)(\\$.*)?")
        .and()
        .resideOutsideOfPackage("org.earshot.answer..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javax.sound..", "java.awt..", "javax.swing..")
        .check(CLASSES);
  }

  @Test
  void runtimePackagesFormNoCycles() {
    slices().matching("org.earshot.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void frontEndPackagesFormNoCycles() {
    slices().matching("org.earshot.audio.(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
