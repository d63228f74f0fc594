package org.earshot.cloud.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.earshot.cloud.store.Audit;
import org.earshot.cloud.store.Devices;
import org.earshot.cloud.web.account.Account;
import org.earshot.cloud.web.account.Accounts;
import org.earshot.cloud.web.account.Accounts.Outcome;
import org.earshot.cloud.web.account.Role;
import org.earshot.cloud.web.account.Sessions;

/** What an administrator does: accounts, and who may see which home. */
final class AccountRoutes {
  private static final int MAX_TEXT = 512;
  private static final int MAX_SITES = 200; // of one account
  private static final int AUDIT_LINES = 200;

  private final Accounts accounts;
  private final Sessions sessions;
  private final Devices devices;
  private final Audit audit;
  private final Runnable recheck;
  private final Clock clock;

  AccountRoutes(
      WebServer.People people, Devices devices, Audit audit, Runnable recheck, Clock clock) {
    this.accounts = people.accounts();
    this.sessions = people.sessions();
    this.devices = devices;
    this.audit = audit;
    this.recheck = recheck;
    this.clock = clock;
  }

  List<Route> routes() {
    Route.Need admin = Route.Need.ADMIN;
    return List.of(
        Route.get("/accounts", admin, this::list),
        Route.post("/accounts", admin, this::create),
        Route.put("/accounts/{name}", admin, this::change),
        Route.delete("/accounts/{name}", admin, this::delete),
        Route.put("/accounts/{name}/password", admin, this::setPassword),
        Route.delete("/accounts/{name}/sessions", admin, this::signOut),
        Route.get("/sites", admin, this::sites),
        Route.get("/audit", Route.Need.SESSION, this::audit));
  }

  private void list(Context context, Visit visit) {
    Http.json(
        context,
        200,
        Json.object("accounts", accounts.all().stream().map(AccountRoutes::json).toList()));
  }

  private static Map<String, Object> json(Account account) {
    return Json.object(
        "name",
        account.name(),
        "admin",
        account.admin(),
        "sites",
        account.sitesByName(),
        "createdAt",
        account.createdAt());
  }

  private void create(Context context, Visit visit) throws IOException {
    JsonBody body = Http.body(context);
    String name = valid(() -> Account.name(body.text("name", MAX_TEXT)));
    Map<String, Role> roles = roles(body);
    boolean admin = body.flag("admin");
    check(valid(() -> accounts.create(name, body.text("password", MAX_TEXT), admin, roles)));
    note(visit, "account_created", name, rights(admin, roles));
    Http.json(context, 201, json(accounts.find(name).orElseThrow(Problem::notFound)));
  }

  private void change(Context context, Visit visit) throws IOException {
    String name = context.pathParam("name");
    JsonBody body = Http.body(context);
    Map<String, Role> roles = roles(body);
    boolean admin = body.flag("admin");
    check(accounts.change(name, admin, roles));
    recheck.run();
    note(visit, "account_changed", name, rights(admin, roles));
    Http.json(context, 200, json(accounts.find(name).orElseThrow(Problem::notFound)));
  }

  private void delete(Context context, Visit visit) {
    String name = context.pathParam("name");
    check(accounts.delete(name));
    recheck.run();
    note(visit, "account_deleted", name, "");
    context.status(204);
  }

  private void setPassword(Context context, Visit visit) throws IOException {
    String name = context.pathParam("name");
    JsonBody body = Http.body(context);
    check(valid(() -> accounts.setPassword(name, body.text("new", MAX_TEXT))));
    recheck.run();
    note(visit, "password_set", name, "");
    context.status(204);
  }

  private void signOut(Context context, Visit visit) {
    String name = context.pathParam("name");
    if (accounts.find(name).isEmpty()) {
      throw Problem.notFound();
    }
    sessions.closeAll(name);
    recheck.run();
    note(visit, "signed_out", name, "everywhere");
    context.status(204);
  }

  private void sites(Context context, Visit visit) {
    TreeSet<String> sites = new TreeSet<>(devices.sites());
    sites.addAll(accounts.sites());
    Http.json(context, 200, Json.object("sites", sites));
  }

  /** Of the homes that the person owns, and of accounts for administrators. */
  private void audit(Context context, Visit visit) {
    Map<String, Role> owned = new LinkedHashMap<>(visit.account().sites());
    owned.values().removeIf(role -> role != Role.OWNER);
    if (visit.account().admin()) {
      owned.put("", Role.OWNER); // what is of no home
    }
    List<Audit.Line> lines =
        owned.isEmpty() ? List.of() : audit.latest(owned.keySet(), AUDIT_LINES);
    Http.json(
        context,
        200,
        Json.object(
            "lines",
            lines.stream()
                .map(
                    line ->
                        Json.object(
                            "at",
                            line.at(),
                            "site",
                            line.site(),
                            "who",
                            line.who(),
                            "action",
                            line.action(),
                            "subject",
                            line.subject(),
                            "detail",
                            line.detail()))
                .toList()));
  }

  private static Map<String, Role> roles(JsonBody body) {
    Map<String, Role> roles = new LinkedHashMap<>();
    for (JsonBody site : body.objects("sites", MAX_SITES)) {
      String name = SessionRoutes.site(site.text("site", 64));
      roles.put(name, valid(() -> Role.parse(site.text("role", 16))));
    }
    return roles;
  }

  private static String rights(boolean admin, Map<String, Role> roles) {
    String text = (admin ? "administrator " : "") + roles;
    return text.substring(0, Math.min(256, text.length()));
  }

  private void note(Visit visit, String action, String subject, String detail) {
    audit.append(
        new Audit.Line(clock.instant(), "", visit.account().name(), action, subject, detail));
  }

  private static void check(Outcome outcome) {
    switch (outcome) {
      case DONE -> {}
      case UNKNOWN -> throw Problem.notFound();
      case TAKEN -> throw Problem.conflict("there is an account of this name already");
      case LAST_ADMIN ->
          throw Problem.conflict("somebody must be left to manage accounts; name another first");
    }
  }

  private static <T> T valid(Supplier<T> action) {
    try {
      return action.get();
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(e.getMessage());
    }
  }
}
