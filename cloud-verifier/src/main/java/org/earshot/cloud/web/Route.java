package org.earshot.cloud.web;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;

/**
 * One operation of the API.
 *
 * @param method of HTTP
 * @param path below /api/v1, with names in braces
 * @param need who may ask at all; what of is the handler's to check
 * @param handler does it
 */
record Route(HandlerType method, String path, Need need, Handler handler) {
  /** Who may ask. */
  enum Need {
    /** Anybody. */
    NOTHING,
    /** Whoever is signed in. */
    SESSION,
    /** An administrator. */
    ADMIN
  }

  /** Does an operation. */
  @FunctionalInterface
  interface Handler {
    void handle(Context context, Visit visit) throws Exception;
  }

  static Route get(String path, Need need, Handler handler) {
    return new Route(HandlerType.GET, path, need, handler);
  }

  static Route post(String path, Need need, Handler handler) {
    return new Route(HandlerType.POST, path, need, handler);
  }

  static Route put(String path, Need need, Handler handler) {
    return new Route(HandlerType.PUT, path, need, handler);
  }

  static Route delete(String path, Need need, Handler handler) {
    return new Route(HandlerType.DELETE, path, need, handler);
  }
}
