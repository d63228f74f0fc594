package org.earshot.cloud.web;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.Optional;
import java.util.Set;
import org.earshot.cloud.web.account.Session;
import org.earshot.cloud.web.account.Sessions;
import org.earshot.cloud.web.account.Tokens;

/**
 * Stands before every operation: finds out who asks, and whether their own page sent the request.
 *
 * <p>What changes something must (1) carry a cookie that browsers send from the same site only, (2)
 * name this origin in its Origin header, and (3) bear the token that follows from the cookie and
 * that only a page of this origin can have read. Guests have a cookie too, so that nobody can be
 * signed in by another page.
 */
final class Gate {
  private static final Set<HandlerType> SAFE = Set.of(HandlerType.GET, HandlerType.HEAD);
  private static final int MAX_TOKEN_CHARS = 64;
  static final String CSRF_HEADER = "X-CSRF-Token";

  private final Caller.Reader callers;
  private final Sessions sessions;

  Gate(Caller.Reader callers, Sessions sessions) {
    this.callers = callers;
    this.sessions = sessions;
  }

  /** Returns the visit, or throws a {@link Problem}. */
  Visit enter(Context context, Route.Need need) {
    Caller caller = callers.read(context.req());
    String token = cookie(context, sessionCookie(caller));
    Optional<Session> session = token == null ? Optional.empty() : sessions.use(token);
    if (session.isEmpty()) {
      token = cookie(context, guestCookie(caller));
    }
    Visit visit = new Visit(caller, session.orElse(null), token);
    if (!SAFE.contains(context.method())) {
      checkSender(context, visit);
    }
    if (need != Route.Need.NOTHING) {
      visit.account();
    }
    if (need == Route.Need.ADMIN) {
      visit.mustManage();
    }
    session.ifPresent(one -> context.attribute("account", one.account().name()));
    return visit;
  }

  private static void checkSender(Context context, Visit visit) {
    String origin = context.header("Origin");
    if (!visit.caller().origin().equals(origin)) {
      throw Problem.forbidden("the request does not come from a page of this server");
    }
    if (visit.token() == null
        || !Tokens.same(Tokens.csrf(visit.token()), context.header(CSRF_HEADER))) {
      throw Problem.forbidden("the request lacks its token; load the page again");
    }
  }

  private static String cookie(Context context, String name) {
    String value = context.cookie(name);
    return value == null || value.isEmpty() || value.length() > MAX_TOKEN_CHARS ? null : value;
  }

  /** With TLS the name keeps other hosts of the domain from setting it. */
  static String sessionCookie(Caller caller) {
    return caller.secure() ? "__Host-earshot" : "earshot";
  }

  static String guestCookie(Caller caller) {
    return sessionCookie(caller) + "-guest";
  }

  /**
   * Gives the browser a cookie that scripts cannot read and that no other site's page sends.
   *
   * @param seconds for which it is kept; 0 forgets it
   */
  static void setCookie(Context context, Caller caller, String name, String value, long seconds) {
    context
        .res()
        .addHeader(
            "Set-Cookie",
            name
                + "="
                + value
                + "; Path=/; Max-Age="
                + seconds
                + "; HttpOnly; SameSite=Strict"
                + (caller.secure() ? "; Secure" : ""));
  }
}
