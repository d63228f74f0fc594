package org.earshot.cloud.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.earshot.cloud.store.Audit;
import org.earshot.cloud.store.Devices;
import org.earshot.cloud.web.account.Account;
import org.earshot.cloud.web.account.Accounts;
import org.earshot.cloud.web.account.Session;
import org.earshot.cloud.web.account.Sessions;
import org.earshot.cloud.web.account.SignIn;
import org.earshot.cloud.web.account.Tokens;
import org.earshot.event.Topics;

/** Signing in and out, the first run, and a person's own password and sessions. */
final class SessionRoutes {
  private static final long GUEST_SECONDS = Duration.ofDays(1).toSeconds();
  private static final int MAX_TEXT = 512;

  private final Accounts accounts;
  private final Sessions sessions;
  private final SignIn signIn;
  private final Tokens tokens;
  private final Devices devices;
  private final Audit audit;
  private final Runnable recheck;
  private final long sessionSeconds;
  private final Clock clock;

  /**
   * Serves sessions.
   *
   * @param recheck makes open streams look whether their session still is
   */
  SessionRoutes(
      WebServer.People people,
      Devices devices,
      Audit audit,
      Runnable recheck,
      Duration sessionLimit,
      Clock clock) {
    this.accounts = people.accounts();
    this.sessions = people.sessions();
    this.signIn = people.signIn();
    this.tokens = people.tokens();
    this.devices = devices;
    this.audit = audit;
    this.recheck = recheck;
    this.sessionSeconds = sessionLimit.toSeconds();
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/session", Route.Need.NOTHING, this::show),
        Route.post("/session", Route.Need.NOTHING, this::open),
        Route.delete("/session", Route.Need.SESSION, this::close),
        Route.post("/setup", Route.Need.NOTHING, this::setup),
        Route.put("/account/password", Route.Need.SESSION, this::changePassword),
        Route.get("/account/sessions", Route.Need.SESSION, this::list),
        Route.delete("/account/sessions", Route.Need.SESSION, this::closeAll));
  }

  private void show(Context context, Visit visit) {
    String token = visit.token();
    if (token == null) {
      token = tokens.next();
      Gate.setCookie(
          context, visit.caller(), Gate.guestCookie(visit.caller()), token, GUEST_SECONDS);
    }
    answer(context, visit.session() == null ? null : visit.session().account(), token);
  }

  private void answer(Context context, Account account, String token) {
    Map<String, Object> user =
        account == null
            ? null
            : Json.object(
                "name", account.name(), "admin", account.admin(), "sites", account.sitesByName());
    Http.json(
        context,
        200,
        Json.object(
            "user",
            user,
            "setupNeeded",
            account == null && accounts.setupNeeded(),
            "csrfToken",
            Tokens.csrf(token)));
  }

  private void open(Context context, Visit visit) throws IOException {
    JsonBody body = Http.body(context);
    String name = body.text("name", MAX_TEXT);
    String password = body.text("password", MAX_TEXT);
    SignIn.Result result = signIn.attempt(name, password, visit.caller().network());
    if (result.retryAfter() != null) {
      throw Problem.tooMany(result.retryAfter());
    }
    if (!result.right()) {
      throw Problem.wrongPassword();
    }
    begin(context, visit, result.name());
  }

  private void begin(Context context, Visit visit, String name) {
    if (visit.session() != null) {
      sessions.close(visit.session().tokenHash()); // a new one for every sign-in
    }
    String agent = context.userAgent() == null ? "" : context.userAgent();
    String token = sessions.open(name, visit.caller().address(), agent);
    Caller caller = visit.caller();
    Gate.setCookie(context, caller, Gate.sessionCookie(caller), token, sessionSeconds);
    Gate.setCookie(context, caller, Gate.guestCookie(caller), "", 0);
    answer(context, accounts.find(name).orElseThrow(Problem::signedOut), token);
  }

  private void close(Context context, Visit visit) {
    sessions.close(visit.session().tokenHash());
    recheck.run();
    Gate.setCookie(context, visit.caller(), Gate.sessionCookie(visit.caller()), "", 0);
    context.status(204);
  }

  private void setup(Context context, Visit visit) throws IOException {
    Optional<Duration> wait = signIn.attemptSetup(visit.caller().network());
    if (wait.isPresent()) {
      throw Problem.tooMany(wait.get());
    }
    JsonBody body = Http.body(context);
    String site = site(body.text("site", 64));
    Set<String> sites = new LinkedHashSet<>(devices.sites());
    sites.add(site);
    String name = body.text("name", MAX_TEXT);
    Accounts.Outcome outcome;
    try {
      outcome =
          accounts.setup(
              body.text("code", MAX_TEXT),
              name,
              body.text("password", MAX_TEXT),
              List.copyOf(sites));
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(e.getMessage());
    }
    if (outcome != Accounts.Outcome.DONE) {
      throw Problem.forbidden("this code is not right, or the first account was made already");
    }
    String made = Account.name(name);
    audit.append(
        new Audit.Line(clock.instant(), "", made, "account_created", made, "first administrator"));
    begin(context, visit, made);
  }

  private void changePassword(Context context, Visit visit) throws IOException {
    JsonBody body = Http.body(context);
    Account account = visit.account();
    SignIn.Result result =
        signIn.attempt(account.name(), body.text("current", MAX_TEXT), visit.caller().network());
    if (result.retryAfter() != null) {
      throw Problem.tooMany(result.retryAfter());
    }
    if (!result.right()) {
      throw Problem.forbidden("the current password is not right");
    }
    try {
      accounts.setPassword(account.name(), body.text("new", MAX_TEXT));
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(e.getMessage());
    }
    recheck.run();
    audit.append(
        new Audit.Line(
            clock.instant(), "", account.name(), "password_changed", account.name(), ""));
    begin(context, new Visit(visit.caller(), null, null), account.name());
  }

  private void list(Context context, Visit visit) {
    Session own = visit.session();
    Http.json(
        context,
        200,
        Json.object(
            "sessions",
            sessions.of(own.account().name()).stream()
                .map(
                    session ->
                        Json.object(
                            "createdAt",
                            session.createdAt(),
                            "seenAt",
                            session.seenAt(),
                            "address",
                            session.address(),
                            "agent",
                            session.agent(),
                            "this",
                            session.tokenHash().equals(own.tokenHash())))
                .toList()));
  }

  private void closeAll(Context context, Visit visit) {
    sessions.closeAll(visit.account().name());
    recheck.run();
    Gate.setCookie(context, visit.caller(), Gate.sessionCookie(visit.caller()), "", 0);
    context.status(204);
  }

  /** Returns a site's name, or says what is wrong with it. */
  static String site(String name) {
    try {
      return new Topics(name, "x").site();
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest("a site has 1 to 64 letters, digits, _ and -");
    }
  }
}
