package org.earshot.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.earshot.heads.HeadRequests;
import org.earshot.model.EventLabels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Leaves a wish about one head for a device on this machine. */
abstract class HeadsRequestCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      required = true,
      description = "The device's state folder, [device] state.")
  private Path state;

  @Parameters(paramLabel = "NAME", description = "Event of the head.")
  private String event;

  abstract Path leave(Path folder, String event) throws IOException;

  @Override
  public Integer call() throws IOException {
    if (!EventLabels.isLabel(event)) {
      throw new ParameterException(spec.commandLine(), "'" + event + "' is no name of an event");
    }
    spec.commandLine().getOut().println(leave(HeadRequests.folder(state), event));
    return ExitCode.DONE;
  }

  /** Takes a head away. */
  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      versionProvider = EarshotVersion.class,
      description =
          "Has a device on this machine remove a head that it took; one that shipped counts again.")
  static final class Remove extends HeadsRequestCommand {
    @Override
    Path leave(Path folder, String event) throws IOException {
      return HeadRequests.leaveRemoval(folder, event);
    }
  }

  /** Returns to the head before. */
  @Command(
      name = "roll-back",
      mixinStandardHelpOptions = true,
      versionProvider = EarshotVersion.class,
      description = "Has a device on this machine return to the head before the last one.")
  static final class RollBack extends HeadsRequestCommand {
    @Override
    Path leave(Path folder, String event) throws IOException {
      return HeadRequests.leaveRollBack(folder, event);
    }
  }
}
