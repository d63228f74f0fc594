package org.earshot.cloud.ingest;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** A worker in a process of its own, which ends well when its input ends, or badly when killed. */
public final class WorkerProcess {
  private WorkerProcess() {}

  /**
   * Arguments: name, broker, folder. Says when it is made, starts when told, says when it takes.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (Worker worker =
        new Worker(
            arguments[0],
            URI.create(arguments[1]),
            Path.of(arguments[2]),
            new LoudnessVerifier(arguments[0]),
            Duration.ofSeconds(30))) { // all open the database at the same time
      System.out.println("made");
      if (System.in.read() < 0) {
        return;
      }
      worker.start();
      while (!worker.ingest.isTaking()) {
        Thread.sleep(10);
      }
      System.out.println("ready");
      while (System.in.read() >= 0) {
        // until it ends
      }
    }
  }
}
