package org.earshot.audio;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who may know whom. */
final class LayersTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.earshot.audio");

  /** So that the device's core can move to a smaller virtual machine. */
  @Test
  void featuresNeedJavaBaseAndJTransformsOnly() {
    classes()
        .that()
        .resideInAPackage("org.earshot.audio.feature..")
        .should()
        .onlyDependOnClassesThat(
            describe(
                "are of java.base without reflection, JTransforms, or the feature package",
                LayersTest::mayServeFeatures))
        .check(CLASSES);
  }

  @Test
  void featuresDoNotReflect() {
    noClasses()
        .that()
        .resideInAPackage("org.earshot.audio.feature..")
        .should()
        .callMethodWhere(
            describe(
                "the target loads or inspects classes",
                call ->
                    call.getTargetOwner().isEquivalentTo(Class.class)
                        && !Set.of("desiredAssertionStatus", "getName", "getSimpleName")
                            .contains(call.getName())))
        .check(CLASSES);
  }

  @Test
  void readersDoNotKnowFeatures() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.earshot.audio.feature..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.earshot.audio.feature..")
        .check(CLASSES);
  }

  /** So that a run-time image without java.desktop can capture through programs. */
  @Test
  void onlyTheClassesNamedJavaSoundKnowJavaSound() {
    noClasses()
        .that()
        .haveNameNotMatching("org\\.earshot\\.audio\\.capture\\.JavaSound(Devices|Stream)(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javax.sound..", "java.awt..", "javax.swing..")
        .check(CLASSES);
  }

  private static boolean mayServeFeatures(JavaClass target) {
    String name = target.getBaseComponentType().getPackageName();
    boolean javaBase =
        name.isEmpty() // primitives
            || name.equals("java.lang")
            || name.equals("java.lang.annotation")
            || name.equals("java.io")
            || name.equals("java.math")
            || name.startsWith("java.nio")
            || name.startsWith("java.security")
            || (name.startsWith("java.util")
                && !name.startsWith("java.util.logging")
                && !name.startsWith("java.util.prefs"));
    return javaBase
        || name.startsWith("org.jtransforms")
        || name.startsWith("pl.edu.icm.jlargearrays")
        || name.startsWith("org.earshot.audio.feature");
  }
}
