package org.earshot.benchmarks.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.earshot.benchmarks.micro.LstmStepBenchmark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.annotations.Benchmark;
import picocli.CommandLine;

class BenchCommandTest {
  /** A benchmark that was renamed would only be missed where somebody measures. */
  @ParameterizedTest
  @EnumSource(Contender.class)
  void everyContenderIsABenchmark(Contender contender) throws ClassNotFoundException {
    String[] name = contender.benchmark().split("\\.");
    Class<?> type =
        Class.forName(LstmStepBenchmark.class.getPackageName() + "." + name[0], false, loader());
    assertThat(Arrays.stream(type.getMethods()).filter(m -> m.isAnnotationPresent(Benchmark.class)))
        .extracting(Method::getName)
        .contains(name[1]);
  }

  private static ClassLoader loader() {
    return BenchCommandTest.class.getClassLoader();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--pairs=-1", "--minutes=0", "--process-pairs=-2", "--nonsense"})
  void refusesWhatCannotBeMeasured(String option) {
    StringWriter errors = new StringWriter();
    int code = new CommandLine(new BenchCommand()).setErr(new PrintWriter(errors)).execute(option);
    assertThat(code).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(errors.toString()).contains(option.replaceAll("=.*", ""));
  }

  @Test
  void knowsTheMachine() throws Exception {
    MachineFacts facts = MachineFacts.of(System.getProperty("java.home") + "/bin/java");
    assertThat(facts.java()).contains(System.getProperty("java.version"));
    assertThat(facts.processor()).endsWith(" cores");
  }
}
