package org.earshot.cloud.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The page's own files, read once; nothing else can be asked for.
 *
 * <p>Browsers keep them and ask whether they are still the same, by the hash of their content.
 */
final class WebFiles {
  /** All files of the folder {@code web} but the API's document. */
  static final List<String> NAMES =
      List.of(
          "index.html",
          "style.css",
          "controls.css",
          "favicon.svg",
          "icons.svg",
          "manifest.webmanifest",
          "js/account.js",
          "js/api.js",
          "js/app.js",
          "js/changes.js",
          "js/device.js",
          "js/devices.js",
          "js/dialog.js",
          "js/dom.js",
          "js/event.js",
          "js/events.js",
          "js/filters.js",
          "js/listen.js",
          "js/people.js",
          "js/player.js",
          "js/sign-in.js",
          "js/words.js");

  /** Paths that the page's script shows; all begin with the same file. */
  static final List<String> VIEWS =
      List.of("/", "/events/{site}/{id}", "/devices", "/people", "/account");

  static final String OPENAPI = "openapi.yaml";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml",
          "webmanifest", "application/manifest+json",
          "yaml", "application/yaml; charset=utf-8");

  private record WebFile(byte[] bytes, String type, String tag) {}

  private final Map<String, WebFile> files = new LinkedHashMap<>();

  WebFiles() {
    NAMES.forEach(name -> files.put(name, read(name)));
    files.put(OPENAPI, read(OPENAPI));
  }

  /** Sends a file; a {@link Problem} when there is none of that name. */
  void send(Context context, String name) {
    WebFile file = Optional.ofNullable(files.get(name)).orElseThrow(Problem::notFound);
    context.header("Cache-Control", "no-cache").header("ETag", file.tag);
    String known = context.header("If-None-Match");
    if (known != null && known.contains(file.tag)) {
      context.status(304);
    } else {
      context.contentType(file.type).result(file.bytes);
    }
  }

  private static WebFile read(String name) {
    try (InputStream in = WebFiles.class.getResourceAsStream("/web/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its file web/" + name);
      }
      byte[] bytes = in.readAllBytes();
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
      return new WebFile(bytes, type, '"' + HexFormat.of().formatHex(hash, 0, 12) + '"');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
