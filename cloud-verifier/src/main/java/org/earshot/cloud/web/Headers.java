package org.earshot.cloud.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** What every answer tells browsers about what they may do with it. */
final class Headers {
  private static final Map<String, String> ALWAYS = new LinkedHashMap<>();

  static {
    ALWAYS.put(
        "Content-Security-Policy",
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
            + " object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'");
    ALWAYS.put("X-Content-Type-Options", "nosniff");
    ALWAYS.put("X-Frame-Options", "DENY"); // browsers that do not know frame-ancestors
    ALWAYS.put("Referrer-Policy", "no-referrer");
    ALWAYS.put(
        "Permissions-Policy",
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), bluetooth=(),"
            + " midi=(), display-capture=(), browsing-topics=()");
    ALWAYS.put("Cross-Origin-Opener-Policy", "same-origin");
    ALWAYS.put("Cross-Origin-Resource-Policy", "same-origin");
    ALWAYS.put("Cache-Control", "no-store"); // files of the page say otherwise
  }

  private static final String HSTS = "max-age=31536000";

  private Headers() {}

  /** Sets them all, before anything else of the answer. */
  static void set(boolean secure, BiConsumer<String, String> header) {
    ALWAYS.forEach(header);
    if (secure) {
      header.accept("Strict-Transport-Security", HSTS);
    }
  }
}
