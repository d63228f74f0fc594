package org.earshot.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.earshot.heads.HeadRequests;
import org.earshot.model.HeadUpdate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Leaves updates for a device on this machine. */
@Command(
    name = "install",
    mixinStandardHelpOptions = true,
    versionProvider = EarshotVersion.class,
    description = {
      "Leaves head updates for a device on this machine, which checks and takes them within seconds.",
      "",
      "What it refuses gets the ending .refused; the device's log and problems say why."
    })
final class HeadsInstallCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      required = true,
      description = "The device's state folder, [device] state.")
  private Path state;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Updates.")
  private List<Path> files;

  @Override
  public Integer call() throws IOException {
    for (Path file : files) {
      HeadUpdate update = HeadUpdate.read(file);
      Path request =
          HeadRequests.leaveUpdate(
              HeadRequests.folder(state), update.head().event(), update.file());
      spec.commandLine().getOut().println(request);
    }
    return ExitCode.DONE;
  }
}
