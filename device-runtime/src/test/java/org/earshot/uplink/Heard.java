package org.earshot.uplink;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.earshot.event.CommandMessage;
import org.earshot.event.VerdictMessage;

/** Keeps what an uplink told, and waits for it. */
final class Heard implements UplinkHandler {
  private static final long DEADLINE_SECONDS = 60;

  private final List<CommandMessage> commands = new ArrayList<>();
  private final List<byte[]> heads = new ArrayList<>();
  private final List<VerdictMessage> verdicts = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final List<UplinkProblem> cleared = new ArrayList<>();

  @Override
  public synchronized void command(CommandMessage command) {
    commands.add(command);
    notifyAll();
  }

  @Override
  public synchronized void head(byte[] file) {
    heads.add(file.clone());
    notifyAll();
  }

  synchronized List<byte[]> heads() {
    return List.copyOf(heads);
  }

  @Override
  public synchronized void verdict(VerdictMessage verdict) {
    verdicts.add(verdict);
    notifyAll();
  }

  @Override
  public synchronized void problem(UplinkProblem problem, String detail) {
    problems.add(problem + ": " + detail);
    notifyAll();
  }

  @Override
  public synchronized void cleared(UplinkProblem problem) {
    cleared.add(problem);
    notifyAll();
  }

  synchronized List<CommandMessage> commands() {
    return List.copyOf(commands);
  }

  synchronized List<VerdictMessage> verdicts() {
    return List.copyOf(verdicts);
  }

  synchronized List<String> problems() {
    return List.copyOf(problems);
  }

  synchronized List<UplinkProblem> cleared() {
    return List.copyOf(cleared);
  }

  /** Waits for a problem whose line holds a text. */
  void awaitProblem(String text) {
    await("problem " + text, () -> problems().stream().anyMatch(line -> line.contains(text)));
  }

  /** Waits until something holds that changes with what is told, or by itself. */
  synchronized void await(String what, Supplier<Boolean> holds) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    try {
      while (!holds.get()) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("did not happen: " + what + "; problems: " + problems);
        }
        wait(20); // counters change without a call
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
