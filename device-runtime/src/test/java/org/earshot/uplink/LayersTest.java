package org.earshot.uplink;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Who may know whom between sounds and the broker. */
class LayersTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.earshot");

  @Test
  void onlyTheUplinkKnowsTheClientLibrary() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.earshot.uplink..", "org.earshot.fixture..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.hivemq..", "io.netty..", "io.reactivex..")
        .check(CLASSES);
  }

  @Test
  void theUplinkKnowsMessagesAndOutboxOnly() {
    noClasses()
        .that()
        .resideInAPackage("org.earshot.uplink..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.earshot..")
                .and(
                    not(
                        resideInAnyPackage(
                            "org.earshot.uplink..",
                            "org.earshot.outbox..",
                            "org.earshot.event.."))))
        .check(CLASSES);
  }

  @Test
  void theOutboxKnowsEventIdsAndFilesOnly() {
    classes()
        .that()
        .resideInAPackage("org.earshot.outbox..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "org.earshot.outbox..", "org.earshot.event..", "org.earshot.storage..", "java..")
        .check(CLASSES);
  }

  /** What the outbox had as its own before heads needed it too. */
  @Test
  void storageKnowsFilesOnly() {
    classes()
        .that()
        .resideInAPackage("org.earshot.storage..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("org.earshot.storage..", "java..")
        .check(CLASSES);
  }

  @Test
  void messagesNeedATokenizerOnly() {
    classes()
        .that()
        .resideInAPackage("org.earshot.event..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("org.earshot.event..", "com.fasterxml.jackson.core..", "java..")
        .check(CLASSES);
  }
}
