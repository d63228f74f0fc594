package org.earshot.cloud.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.earshot.cloud.store.StoreException;
import org.earshot.cloud.web.account.BusyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what goes wrong into answers, and into one line of the log where it is news. */
final class Refusals {
  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  private final AtomicBoolean storeAway = new AtomicBoolean();

  void register(RoutesConfig routes) {
    routes.exception(Problem.class, (problem, context) -> Http.problem(context, problem));
    routes.exception(StoreException.class, this::store);
    routes.exception(
        HttpResponseException.class,
        (refusal, context) ->
            Http.problem(
                context,
                refusal.getStatus() == 404
                    ? Problem.notFound()
                    : Problem.of(refusal.getStatus(), "Refused", "the request cannot be served")));
    routes.exception(
        BusyException.class,
        (busy, context) -> Http.problem(context, Problem.unavailable(busy.getMessage())));
    routes.exception(Exception.class, Refusals::unexpected);
    routes.error(
        404,
        context -> {
          if (context.result() == null || !isProblem(context)) {
            Http.problem(context, Problem.notFound());
          }
        });
  }

  /** Said once until a request succeeds again. */
  private void store(StoreException error, Context context) {
    if (storeAway.compareAndSet(false, true)) {
      LOG.warn("web: requests fail: {}", error.getMessage());
    }
    Http.problem(
        context,
        Problem.unavailable("the history cannot be reached at this moment; try again soon"));
  }

  /** After every request that succeeded and had to ask the history. */
  void succeeded() {
    if (storeAway.get() && storeAway.compareAndSet(true, false)) {
      LOG.info("web: requests succeed again");
    }
  }

  private static void unexpected(Exception error, Context context) {
    LOG.error("web: {} {} failed", context.method().name(), context.endpoint().path, error);
    Http.problem(
        context,
        Problem.of(500, "Failed", "this should not happen; the server's log says what did"));
  }

  private static boolean isProblem(Context context) {
    String type = context.res().getContentType();
    return type != null && type.startsWith("application/problem+json");
  }
}
