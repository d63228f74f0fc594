package org.earshot.cloud.store;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.earshot.event.Verdict;

/**
 * A worker in a process of its own: claims and judges until nothing is left, and prints the ids.
 */
final class ClaimingWorker {
  private ClaimingWorker() {}

  /**
   * Arguments: address and user of the database, name of the worker; a fourth one: claim one event
   * and hold it until killed. The password is in PASSWORD.
   */
  public static void main(String[] args) throws IOException {
    String password = System.getenv().getOrDefault("PASSWORD", "");
    DatabaseSettings settings =
        new DatabaseSettings(args[0], args[1], password, 2, Duration.ofMinutes(1));
    try (Database database = Database.open(settings)) {
      JdbiHistory history = new JdbiHistory(database, List.of(), Samples.LIFE_SAFETY);
      System.out.println("ready");
      if (args.length > 3) {
        EventRecord held = history.claim(args[2], Samples.NOW, Duration.ofHours(1)).orElseThrow();
        System.out.println(held.key().id());
        System.out.println(System.in.read()); // nothing comes
      }
      claimAll(history, args[2]).forEach(System.out::println);
    }
  }

  static List<String> claimAll(History history, String worker) {
    List<String> ids = new ArrayList<>();
    while (true) {
      Optional<EventRecord> event =
          history.claim(worker, Samples.NOW.plusSeconds(1), Duration.ofHours(1));
      if (event.isEmpty()) {
        return ids;
      }
      EventKey key = event.get().key();
      if (history.judge(key, worker, Samples.judgement(Verdict.CONFIRMED))) {
        ids.add(key.id().text());
      }
    }
  }
}
