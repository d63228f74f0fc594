package org.earshot.agent.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.earshot.fixture.MosquittoBroker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The short form of {@code scripts/soak}, in the test's own Java.
 *
 * <p>With both compilers a thread allocates some hundred bytes when its code is replaced, once in
 * many minutes; a block that allocates would do so in every minute. The script runs the device's
 * own options, under which nothing at all is allocated, and demands that.
 */
class SoakTest {
  @TempDir private Path scratch;

  @Test
  void aLongTimeCostsNothingButTheAlerts() throws Exception {
    try (MosquittoBroker broker = MosquittoBroker.in(scratch.resolve("broker")).start()) {
      Soak.Report report = new Soak(30, 10).run(scratch, broker.uri());
      System.out.println(report);
      assertThat(report.audioSeconds()).isEqualTo(1800);
      assertThat(report.alerts()).isGreaterThanOrEqualTo(15);
      assertThat(report.droppedSamples()).isZero();
      assertThat(report.gapSamples()).isZero();
      assertThat(report.lostHandOffs()).isZero();
      assertThat(report.quietMinutes()).isGreaterThanOrEqualTo(8);
      assertThat(report.allocatingMinutes()).as("minutes with allocation").isLessThanOrEqualTo(2);
      assertThat(report.quietBytes()).as("allocated without an alert").isLessThan(2_000);
      assertThat(report.heapChange()).isLessThanOrEqualTo(0.02);
    }
  }
}
