package org.earshot.cloud.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InstallationTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Databases.class)
  void theFirstValueIsEverybodys(Databases kind) {
    try (Database database = kind.open(folder)) {
      Installation one = new Installation(database);
      assertThat(one.value("group", () -> "a")).isEqualTo("a");
      assertThat(new Installation(database).value("group", () -> "b")).isEqualTo("a");
      assertThat(one.value("other", () -> "c")).isEqualTo("c");
    }
  }
}
