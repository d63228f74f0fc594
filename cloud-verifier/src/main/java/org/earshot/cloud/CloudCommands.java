package org.earshot.cloud;

import java.io.OutputStream;
import java.io.PrintStream;
import org.earshot.agent.Earshot;
import org.earshot.cloud.demo.DemoCommand;
import org.earshot.cloud.service.CloudCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Command line of what stands behind the broker. Exit codes as the device's. */
@Command(
    name = "earshot",
    description = "What stands behind the broker.",
    subcommands = {CloudCommand.class, DemoCommand.class, CommandLine.HelpCommand.class},
    mixinStandardHelpOptions = true)
public final class CloudCommands implements Runnable {
  @Spec private CommandSpec spec;

  private CloudCommands() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] arguments) {
    PrintStream out = System.out;
    System.setOut(System.err); // libraries print there
    System.exit(run(out, System.err, arguments));
  }

  /** Runs one command in this JVM and returns its exit code. */
  public static int run(OutputStream out, OutputStream err, String... arguments) {
    return Earshot.run(new CommandLine(new CloudCommands()), out, err, arguments);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }
}
