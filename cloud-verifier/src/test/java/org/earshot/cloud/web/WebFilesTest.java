package org.earshot.cloud.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page's own files. */
class WebFilesTest {
  private static final Path FOLDER = Path.of("src", "main", "resources", "web");
  private static final Pattern IMPORT = Pattern.compile("from '\\./([\\w-]+\\.js)'");

  private static Set<String> files() throws Exception {
    try (Stream<Path> found = Files.walk(FOLDER)) {
      return found
          .filter(Files::isRegularFile)
          .map(file -> FOLDER.relativize(file).toString().replace('\\', '/'))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void allAreServedAndNoOther() throws Exception {
    Set<String> served = new TreeSet<>(WebFiles.NAMES);
    served.add(WebFiles.OPENAPI);
    assertThat(served).isEqualTo(files());
  }

  @Test
  void nothingIsInlineAndNothingComesFromElsewhere() throws Exception {
    for (String name : files()) {
      String text = Files.readString(FOLDER.resolve(name));
      assertThat(text)
          .as(name)
          .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(")
          .doesNotContain("javascript:", "onclick=", "style=\"");
      String links = text.replace("http://www.w3.org/", "");
      assertThat(links).as(name).doesNotContain("http://", "https://");
    }
    assertThat(Files.readString(FOLDER.resolve("index.html")))
        .doesNotContain("<style")
        .doesNotContainPattern("<script(?![^>]*src=)");
  }

  @Test
  void everyImportIsThere() throws Exception {
    List<String> scripts = WebFiles.NAMES.stream().filter(name -> name.endsWith(".js")).toList();
    for (String script : scripts) {
      IMPORT
          .matcher(Files.readString(FOLDER.resolve(script)))
          .results()
          .forEach(found -> assertThat(WebFiles.NAMES).contains("js/" + found.group(1)));
    }
  }

  /** WCAG 2.2, level AA: 4.5 : 1 for text, 3 : 1 for the borders of controls. */
  @Test
  void coloursContrastInLightAndDark() throws Exception {
    String css = Files.readString(FOLDER.resolve("style.css"));
    int dark = css.indexOf("@media (prefers-color-scheme: dark)");
    int end = css.indexOf("*, *::before");
    for (String tokens : List.of(css.substring(0, dark), css.substring(dark, end))) {
      for (String pair :
          List.of(
              "text page",
              "text card",
              "quiet page",
              "quiet card",
              "quiet sunk",
              "accent card",
              "accent page",
              "accent accent-wash",
              "on-accent accent",
              "alarm card",
              "alarm alarm-wash",
              "warn warn-wash",
              "good good-wash",
              "on-alarm alarm-fill",
              "edge card",
              "edge page")) {
        String[] names = pair.split(" ", 2);
        double contrast = contrast(colour(tokens, names[0]), colour(tokens, names[1]));
        assertThat(contrast).as(pair).isGreaterThan(names[0].equals("edge") ? 3 : 4.5);
      }
    }
  }

  private static int colour(String tokens, String name) {
    Matcher found = Pattern.compile("--" + name + ": #([0-9a-f]{6});").matcher(tokens);
    assertThat(found.find()).as(name).isTrue();
    return Integer.parseInt(found.group(1), 16);
  }

  private static double contrast(int one, int other) {
    double high = Math.max(luminance(one), luminance(other));
    double low = Math.min(luminance(one), luminance(other));
    return (high + 0.05) / (low + 0.05);
  }

  private static double luminance(int colour) {
    return 0.2126 * linear(colour >> 16) + 0.7152 * linear(colour >> 8) + 0.0722 * linear(colour);
  }

  private static double linear(int value) {
    double share = (value & 0xff) / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }
}
