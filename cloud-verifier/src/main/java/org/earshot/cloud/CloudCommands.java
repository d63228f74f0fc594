package org.earshot.cloud;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.earshot.cloud.demo.DemoCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Command line of what stands behind the broker. Exit codes as the device's. */
@Command(
    name = "earshot",
    description = "What stands behind the broker.",
    subcommands = {DemoCommand.class, CommandLine.HelpCommand.class},
    mixinStandardHelpOptions = true)
public final class CloudCommands implements Runnable {
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

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
    PrintWriter results = new PrintWriter(out, false, StandardCharsets.UTF_8);
    PrintWriter messages = new PrintWriter(err, true, StandardCharsets.UTF_8);
    int code =
        new CommandLine(new CloudCommands())
            .setOut(results)
            .setErr(messages)
            .setParameterExceptionHandler(
                (wrong, parsed) -> {
                  messages.println("earshot: " + wrong.getMessage());
                  return WRONG_USAGE;
                })
            .setExecutionExceptionHandler(
                (failure, commandLine, parsed) -> {
                  messages.println("earshot: " + failure.getMessage());
                  if (Boolean.getBoolean("earshot.trace")) {
                    failure.printStackTrace(messages);
                  }
                  return FAILED;
                })
            .execute(arguments);
    results.flush();
    return code;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }
}
