package org.earshot.cloud.web;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.earshot.cloud.store.Audit;
import org.earshot.cloud.store.ClipStore;
import org.earshot.cloud.store.Database;
import org.earshot.cloud.store.Deletion;
import org.earshot.cloud.store.Devices;
import org.earshot.cloud.store.History;
import org.earshot.cloud.web.account.Accounts;
import org.earshot.cloud.web.account.Sessions;
import org.earshot.cloud.web.account.SignIn;
import org.earshot.cloud.web.account.Tokens;
import org.earshot.model.HeadModel;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The history page and its API, over HTTP (docs/history-page.md, openapi.yaml).
 *
 * <p>Serves from {@link #start} to {@link #close}. At a first run, when there is no account, it
 * makes a one-time code for the first administrator and tells it in the log or a file. Several
 * processes may serve one database. Threads: {@code web-N} for requests, {@code web-changes} for
 * all open pages, {@code web-live} for live listening.
 */
public final class WebServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
  private static final Logger REQUESTS = LoggerFactory.getLogger("org.earshot.cloud.web.requests");
  static final String API = "/api/v1";
  private static final int IDLE_MILLIS = 30_000; // of a connection; open streams send every 10 s
  private static final int MAX_HEADER_BYTES = 8 * 1024;

  /**
   * What the page stands on.
   *
   * @param database where accounts and sessions are; the history's
   * @param history the events
   * @param devices what devices said
   * @param audit who did what
   * @param clips the sound
   * @param deletion deletes events for good
   * @param commands sends commands to devices
   * @param live where the sound of live listening comes from
   * @param heads of the model that ships, for what a sensitivity costs
   * @param health what {@code /healthz} answers
   * @param metrics what {@code /metrics} answers
   */
  public record Parts(
      Database database,
      History history,
      Devices devices,
      Audit audit,
      ClipStore clips,
      Deletion deletion,
      CommandPublisher commands,
      LiveSource live,
      List<HeadModel> heads,
      Supplier<TextPage> health,
      Supplier<TextPage> metrics) {
    /** Copies the list. */
    public Parts {
      heads = List.copyOf(heads);
    }
  }

  /** Who may sign in. */
  record People(Accounts accounts, Sessions sessions, SignIn signIn, Tokens tokens) {}

  private final WebSettings settings;
  private final Parts parts;
  private final People people;
  private final Gate gate;
  private final Caller.Reader callers;
  private final ChangeFeed feed;
  private final LiveRoutes live;
  private final WebFiles files = new WebFiles();
  private final Refusals refusals = new Refusals();
  private final List<Route> routes = new ArrayList<>();
  private final Javalin server;
  private Optional<String> setupCode = Optional.empty();

  /** Makes a server that does not serve yet. */
  public WebServer(WebSettings settings, Parts parts, SecureRandom random, Clock clock) {
    this.settings = settings;
    this.parts = parts;
    Accounts accounts = new Accounts(parts.database(), random, clock);
    Sessions sessions =
        new Sessions(
            parts.database(), random, settings.sessionIdle(), settings.sessionLimit(), clock);
    people = new People(accounts, sessions, new SignIn(accounts, clock), new Tokens(random));
    callers = new Caller.Reader(settings);
    gate = new Gate(callers, sessions);
    EventJson json = new EventJson(settings.clipPreRoll());
    feed = new ChangeFeed(parts.history(), sessions, json, settings);
    live =
        new LiveRoutes(
            parts.devices(), parts.audit(), parts.commands(), parts.live(), sessions, clock);
    routes.add(
        Route.get(
            "/" + WebFiles.OPENAPI,
            Route.Need.NOTHING,
            (context, visit) -> files.send(context, WebFiles.OPENAPI)));
    routes.addAll(
        new SessionRoutes(
                people,
                parts.devices(),
                parts.audit(),
                feed::recheck,
                settings.sessionLimit(),
                clock)
            .routes());
    routes.addAll(
        new EventRoutes(parts.history(), parts.clips(), parts.deletion(), json, clock).routes());
    routes.add(Route.get("/changes", Route.Need.SESSION, feed::watch));
    routes.addAll(
        new DeviceRoutes(parts.devices(), parts.audit(), parts.commands(), parts.heads(), clock)
            .routes());
    routes.addAll(live.routes());
    routes.addAll(
        new AccountRoutes(people, parts.devices(), parts.audit(), feed::recheck, clock).routes());
    server = Javalin.create(this::configure);
  }

  /**
   * Begins to serve.
   *
   * @throws IOException in one line when the address is taken or the code cannot be written
   */
  public void start() throws IOException {
    setupCode = people.accounts().newSetupCode();
    if (setupCode.isPresent()) {
      tell(setupCode.get());
    }
    try {
      server.start(settings.host(), settings.port());
    } catch (RuntimeException e) {
      throw new IOException(
          "the history page cannot listen on "
              + settings.host()
              + ":"
              + settings.port()
              + "; is another program there? name another port",
          e);
    }
    LOG.info("web: the history page is at {}", address());
  }

  /** Returns where it serves, for people and links: an origin without a path. */
  public String address() {
    return settings.publicUrl().isEmpty()
        ? "http://" + settings.host() + ":" + server.port()
        : settings.publicUrl();
  }

  /** Returns the port that it listens on. */
  public int port() {
    return server.port();
  }

  /** Returns the code of a first run; empty when there is an administrator already. */
  public Optional<String> setupCode() {
    return setupCode;
  }

  /** Ends all streams and stops serving. */
  @Override
  public void close() {
    live.close();
    feed.close();
    server.stop();
    LOG.info("web: the history page is closed");
  }

  List<Route> routes() {
    return List.copyOf(routes);
  }

  private void tell(String code) throws IOException {
    Path file = settings.setupCodeFile();
    if (file == null) {
      LOG.warn(
          "web: nobody can sign in yet; open {} and make the first account with the code {}",
          settings.publicUrl().isEmpty() ? "the history page" : settings.publicUrl(),
          code);
      return;
    }
    try {
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, code + "\n");
    } catch (IOException e) {
      throw new IOException("the code of the first run cannot be written to " + file, e);
    }
    LOG.warn("web: nobody can sign in yet; the code for the first account is in {}", file);
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.compressionStrategy = CompressionStrategy.NONE; // secrets beside chosen text
    config.http.maxRequestSize = Http.MAX_BODY_BYTES;
    config.http.generateEtags = false;
    config.jetty.threadPool = threads();
    config.jetty.modifyServer(
        jetty -> {
          jetty.setErrorHandler(new PlainErrors());
          jetty.setStopTimeout(5_000);
        });
    config.jetty.modifyHttpConfiguration(
        http -> {
          http.setSendServerVersion(false);
          http.setSendXPoweredBy(false);
          http.setRequestHeaderSize(MAX_HEADER_BYTES);
          http.setIdleTimeout(IDLE_MILLIS);
        });
    config.requestLogger.http(WebServer::log);
    refusals.register(config.routes);
    config.routes.before(
        context -> Headers.set(callers.read(context.req()).secure(), context::header));
    for (Route route : routes) {
      config.routes.addHttpHandler(
          route.method(), API + route.path(), context -> serve(context, route));
    }
    for (String view : WebFiles.VIEWS) {
      config.routes.get(view, context -> files.send(context, "index.html"));
    }
    for (String name : WebFiles.NAMES) {
      config.routes.get("/" + name, context -> files.send(context, name));
    }
    config.routes.get("/healthz", context -> send(context, parts.health().get()));
    config.routes.get("/metrics", this::metrics);
  }

  private QueuedThreadPool threads() {
    QueuedThreadPool pool = new QueuedThreadPool(settings.threads(), 4, 60_000);
    pool.setName("web");
    return pool;
  }

  private void serve(Context context, Route route) throws Exception {
    Visit visit = gate.enter(context, route.need());
    route.handler().handle(context, visit);
    refusals.succeeded();
  }

  private void metrics(Context context) {
    String bearer = context.header("Authorization");
    boolean known =
        !settings.metricsToken().isEmpty()
            && bearer != null
            && bearer.startsWith("Bearer ")
            && Tokens.same(settings.metricsToken(), bearer.substring(7));
    if (!known && !callers.read(context.req()).local()) {
      throw Problem.notFound();
    }
    send(context, parts.metrics().get());
  }

  private static void send(Context context, TextPage page) {
    context.status(page.status()).contentType(page.contentType()).result(page.text());
  }

  /** Method, path without query, status, time and who; nothing that is secret. */
  private static void log(Context context, float millis) {
    if (REQUESTS.isDebugEnabled()) {
      String account = context.attribute("account");
      REQUESTS.debug(
          "{} {} {} {} ms {}",
          context.method().name(),
          context.path(),
          context.statusCode(),
          Math.round(millis),
          account == null ? "-" : account);
    }
  }
}
