package org.earshot.outbox;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;

/** Puts items until it is killed; prints each one's id once put has returned. */
final class OutboxChild {
  private OutboxChild() {}

  /** Arguments: folder, seed. */
  public static void main(String[] arguments) throws IOException {
    long seed = Long.parseLong(arguments[1]);
    Random random = new Random(seed);
    Items items = new Items(seed);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
    try (Outbox outbox =
        Outbox.open(Path.of(arguments[0]), OutboxLimits.bytes(1L << 30), new Losses())) {
      while (true) {
        OutboxItem item =
            items.item(
                items.id(), ItemKind.EVENT, Priority.NORMAL, random.nextInt(4) * 20_000 + 300);
        outbox.put(item);
        out.println(item.id());
        if (random.nextInt(3) == 0) {
          OutboxEntry oldest = outbox.next().orElseThrow();
          out.println("-" + oldest.id());
          outbox.acknowledge(oldest);
        }
      }
    }
  }
}
