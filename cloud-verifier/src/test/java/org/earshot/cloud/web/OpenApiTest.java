package org.earshot.cloud.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API's document and the server say the same. */
class OpenApiTest {
  private static final Pattern PATH = Pattern.compile("  (/\\S*):");
  private static final Pattern METHOD = Pattern.compile("    (get|post|put|delete|patch):");
  private static final Pattern REFERENCE = Pattern.compile("#/components/(\\w+)/(\\w+)");

  @TempDir Path folder;

  private static String document() throws Exception {
    try (var in = OpenApiTest.class.getResourceAsStream("/web/openapi.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void documentAndServerHaveTheSameOperations() throws Exception {
    Set<String> documented = new TreeSet<>();
    List<String> open = new ArrayList<>();
    String path = "";
    String operation = "";
    for (String line : document().lines().toList()) {
      if (line.equals("components:")) {
        break;
      }
      Matcher pathLine = PATH.matcher(line);
      Matcher methodLine = METHOD.matcher(line);
      if (pathLine.matches()) {
        path = pathLine.group(1);
      } else if (methodLine.matches()) {
        operation = methodLine.group(1).toUpperCase(Locale.ROOT) + " " + path;
        documented.add(operation);
      } else if (line.equals("      security: []")) {
        open.add(operation);
      }
    }
    try (Household home = new Household(folder)) {
      List<Route> routes = home.server.routes();
      assertThat(routes.stream().map(route -> route.method().name() + " " + route.path()))
          .containsExactlyInAnyOrderElementsOf(documented);
      assertThat(
              routes.stream()
                  .filter(route -> route.need() == Route.Need.NOTHING)
                  .map(route -> route.method().name() + " " + route.path()))
          .containsExactlyInAnyOrderElementsOf(open);
      assertThat(new Browser(home.address()).get("/openapi.yaml").mustBe(200).text())
          .isEqualTo(document());
    }
  }

  @Test
  void everyReferenceHasItsTarget() throws Exception {
    String document = document();
    String components = document.substring(document.indexOf("\ncomponents:"));
    Matcher reference = REFERENCE.matcher(document);
    int found = 0;
    while (reference.find()) {
      found++;
      assertThat(components)
          .contains("\n  " + reference.group(1) + ":\n")
          .contains("\n    " + reference.group(2) + ":");
    }
    assertThat(found).isGreaterThan(50);
  }
}
