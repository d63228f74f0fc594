package org.earshot.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigEnvironmentTest {
  @TempDir Path folder;

  @Test
  void aVariableStandsForItsKeyAndOthersComeFromTheFile() throws IOException {
    ConfigTable root =
        root(
            "[web]\nport = 80\nopen = false\nname = \"a\"\nhosts = [\"x\"]",
            Map.of("P_WEB_PORT", "8080", "P_WEB_OPEN", "true", "P_WEB_HOSTS", "a, b", "PATH", "/"));
    ConfigTable web = root.table("web");
    assertThat(web.number("port", 1, 1, 65_535)).isEqualTo(8080);
    assertThat(web.flag("open", false)).isTrue();
    assertThat(web.texts("hosts", List.of())).containsExactly("a", "b");
    assertThat(web.text("name", null)).isEqualTo("a");
    web.rejectOthers();
    root.rejectOthers();
  }

  @Test
  void digitsMayBeAText() throws IOException {
    ConfigTable root = root("", Map.of("P_WEB_NAME", "1234"));
    assertThat(root.table("web").text("name", null)).isEqualTo("1234");
  }

  @Test
  void aVariableOutOfBoundsIsRefusedAsInTheFile() throws IOException {
    ConfigTable web = root("", Map.of("P_WEB_PORT", "many")).table("web");
    assertThatThrownBy(() -> web.number("port", 1, 1, 65_535))
        .hasMessageContaining(
            "P_WEB_PORT = \"many\" in the environment cannot be used; write a whole number");
  }

  @Test
  void aVariableThatStandsForNothingIsAnError() throws IOException {
    ConfigTable root = root("", Map.of("P_WEB_PROT", "80"));
    root.table("web").number("port", 1, 1, 65_535);
    assertThatThrownBy(root::rejectOthers)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("P_WEB_PROT in the environment stands for no key");
  }

  @Test
  void withoutAFileThereAreDefaultsAndVariables() throws IOException {
    ConfigTable root =
        ConfigTable.read(null, ConfigEnvironment.of("P_", Map.of("P_WEB_PORT", "81")));
    assertThat(root.table("web").number("port", 1, 1, 65_535)).isEqualTo(81);
    assertThat(root.table("web").text("name", "absent")).isEqualTo("absent");
  }

  private ConfigTable root(String toml, Map<String, String> environment) throws IOException {
    Path file = Files.writeString(folder.resolve("x.toml"), toml);
    return ConfigTable.read(file, ConfigEnvironment.of("P_", environment));
  }
}
