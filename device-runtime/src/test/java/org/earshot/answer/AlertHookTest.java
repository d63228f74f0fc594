package org.earshot.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.earshot.answer.HookResult.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AlertHookTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir private Path folder;
  private final BlockingQueue<HookResult> results = new LinkedBlockingQueue<>();

  private AlertHook hook(String script, Duration timeLimit, int queueLimit) {
    return new AlertHook(
        List.of("/bin/sh", "-c", script, folder.toString()), timeLimit, queueLimit, results::add);
  }

  private static HookAlert alert(String event, String id) {
    return new HookAlert(
        event,
        id,
        Instant.parse("2026-11-24T21:30:00.250Z"),
        0.98765,
        "kitchen; rm -rf $HOME",
        "away",
        event.equals("smoke_alarm"));
  }

  private HookResult result() throws InterruptedException {
    HookResult result = results.poll(30, TimeUnit.SECONDS);
    assertThat(result).as("a result within 30 s").isNotNull();
    return result;
  }

  @Test
  void theProgramGetsTheAlertInItsEnvironmentAndNothingElse() throws Exception {
    String script =
        "env | grep ^EARSHOT_ | sort > \"$0/env\"; cat > \"$0/input\"; echo out; echo err >&2";
    try (AlertHook hook = hook(script, LONG, 4)) {
      assertThat(hook.alert(alert("smoke_alarm", "01J8"))).isTrue();
      HookResult result = result();
      assertThat(result.outcome()).isEqualTo(Outcome.EXITED);
      assertThat(result.exitStatus()).isZero();
      assertThat(result.lastLines()).containsExactly("out", "err");
    }
    assertThat(Files.readAllLines(folder.resolve("env")))
        .contains(
            "EARSHOT_EVENT=smoke_alarm",
            "EARSHOT_EVENT_ID=01J8",
            "EARSHOT_MICROPHONE=kitchen; rm -rf $HOME",
            "EARSHOT_MODE=away",
            "EARSHOT_ONSET=2026-11-24T21:30:00.250Z",
            "EARSHOT_POSTERIOR=0.988");
    assertThat(folder.resolve("input")).isEmptyFile();
  }

  @Test
  void exitStatusAndTheLastLinesAreKept() throws Exception {
    String script = "i=0; while [ $i -lt 5000 ]; do i=$((i+1)); echo line $i; done; exit 3";
    try (AlertHook hook = hook(script, LONG, 4)) {
      hook.alert(alert("dog_bark", "a"));
      HookResult result = result();
      assertThat(result.exitStatus()).isEqualTo(3);
      assertThat(result.lastLines())
          .containsExactly("line 4996", "line 4997", "line 4998", "line 4999", "line 5000");
    }
  }

  @Test
  void whatTheProgramPrintsCannotForgeALog() throws Exception {
    try (AlertHook hook = hook("printf 'a\\033[2Jb\\rc\\n'", LONG, 4)) {
      hook.alert(alert("dog_bark", "a"));
      assertThat(result().lastLines()).containsExactly("a [2Jb", "c");
    }
  }

  @Test
  void aProgramThatDoesNotEndIsKilledWithWhatItStarted() throws Exception {
    String script = "sleep 1000 & echo $! > \"$0/pid\"; echo waiting; wait";
    try (AlertHook hook = hook(script, Duration.ofMillis(500), 4)) {
      hook.alert(alert("dog_bark", "a"));
      HookResult result = result();
      assertThat(result.outcome()).isEqualTo(Outcome.TIMED_OUT);
      assertThat(result.lastLines()).containsExactly("waiting");
    }
    assertEnds(pid());
  }

  @Test
  void aProgramThatIgnoresTheRequestToEndIsForced() throws Exception {
    String script = "trap '' TERM; echo $$ > \"$0/pid\"; while :; do sleep 0.1; done";
    try (AlertHook hook = hook(script, Duration.ofMillis(500), 4)) {
      hook.alert(alert("dog_bark", "a"));
      assertThat(result().outcome()).isEqualTo(Outcome.TIMED_OUT);
    }
    assertEnds(pid());
  }

  @Test
  void whatAProgramLeavesRunningHoldsUpNothing() throws Exception {
    try (AlertHook hook = hook("sleep 30 & echo $! > \"$0/pid\"; echo left", LONG, 4)) {
      hook.alert(alert("dog_bark", "a"));
      HookResult result = result();
      assertThat(result.outcome()).isEqualTo(Outcome.EXITED);
      assertThat(result.lastLines()).containsExactly("left");
    }
    ProcessHandle.of(pid()).ifPresent(ProcessHandle::destroyForcibly);
  }

  @Test
  void aSlowProgramHoldsUpNoSmokeAlarm() throws Exception {
    String script = "test $EARSHOT_EVENT = smoke_alarm || sleep 1000";
    try (AlertHook hook = hook(script, LONG, 1)) {
      hook.alert(alert("dog_bark", "a"));
      while (hook.alert(alert("dog_bark", "b"))) {
        Thread.onSpinWait(); // until one runs and one waits
      }
      assertThat(hook.dropped()).isPositive();
      assertThat(hook.alert(alert("smoke_alarm", "c"))).isTrue();
      HookResult result = result();
      assertThat(result.alert().id()).isEqualTo("c");
      assertThat(result.exitStatus()).isZero();
    }
  }

  @Test
  void aProgramThatIsNotThereIsTold() throws Exception {
    try (AlertHook hook = new AlertHook(List.of("/nowhere/program"), LONG, 4, results::add)) {
      hook.alert(alert("dog_bark", "a"));
      HookResult result = result();
      assertThat(result.outcome()).isEqualTo(Outcome.NOT_STARTED);
      assertThat(result.lastLines()).singleElement().asString().contains("/nowhere/program");
      hook.alert(alert("dog_bark", "b"));
      assertThat(result().alert().id()).isEqualTo("b");
    }
  }

  @Test
  void closeKillsWhatRuns() throws Exception {
    AlertHook hook =
        hook("echo $$ > \"$0/pid.new\"; mv \"$0/pid.new\" \"$0/pid\"; exec sleep 1000", LONG, 4);
    hook.alert(alert("dog_bark", "a"));
    while (!Files.exists(folder.resolve("pid"))) {
      Thread.onSpinWait();
    }
    hook.close();
    assertEnds(pid());
    assertThat(hook.alert(alert("dog_bark", "b"))).isFalse();
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AlertHook(List.of(), LONG, 4, results::add))
        .withMessage("no program for the hook");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AlertHook(List.of("x"), Duration.ZERO, 4, results::add))
        .withMessage("hook time limit is 0 ms, wanted 100 ms to 1 h");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AlertHook(List.of("x"), LONG, 0, results::add))
        .withMessage("a queue of 0 alerts");
  }

  private long pid() throws IOException {
    return Long.parseLong(Files.readString(folder.resolve("pid")).strip());
  }

  private static void assertEnds(long pid) throws Exception {
    ProcessHandle process = ProcessHandle.of(pid).orElse(null);
    if (process != null) {
      process.onExit().get(30, TimeUnit.SECONDS);
    }
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
  }
}
