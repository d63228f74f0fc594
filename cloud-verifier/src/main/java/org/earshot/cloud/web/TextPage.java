package org.earshot.cloud.web;

/**
 * What {@code /healthz} or {@code /metrics} answers.
 *
 * @param status of HTTP: 200, or 503 when something is wrong
 * @param contentType such as {@code text/plain; charset=utf-8}
 * @param text the body
 */
public record TextPage(int status, String contentType, String text) {
  /** Returns a page of plain text. */
  public static TextPage plain(int status, String text) {
    return new TextPage(status, "text/plain; charset=utf-8", text);
  }
}
