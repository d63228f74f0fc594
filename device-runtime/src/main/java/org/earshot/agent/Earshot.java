package org.earshot.agent;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The device's command line.
 *
 * <p>Exit codes: 0 done, 1 failed, 2 wrong usage, 65 unreadable or corrupt input. A failure is one
 * line on standard error, never a stack trace, unless {@code -Dearshot.trace=true}.
 */
@Command(
    name = "earshot",
    description = "Hears the sounds that matter in a home. Audio stays on this machine.",
    subcommands = {
      DetectCommand.class,
      ListenCommand.class,
      DemoCommand.class,
      HeadsCommand.class,
      CheckMicCommand.class,
      CommandLine.HelpCommand.class
    },
    mixinStandardHelpOptions = true,
    versionProvider = EarshotVersion.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed",
      "2:wrong usage",
      "65:unreadable or corrupt input; the rest was processed"
    })
public final class Earshot implements Runnable {
  @Spec private CommandSpec spec;

  private Earshot() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] arguments) {
    PrintStream out = System.out;
    System.setOut(System.err); // the FLAC library prints there, which must not spoil the table
    System.exit(run(out, System.err, arguments));
  }

  /**
   * Runs one command in this JVM and returns its exit code: results to {@code out}, messages to
   * {@code err}, UTF-8 both, neither closed.
   */
  public static int run(OutputStream out, OutputStream err, String... arguments) {
    return run(new CommandLine(new Earshot()), out, err, arguments);
  }

  /** As {@link #run(OutputStream, OutputStream, String...)}, for any commands of Earshot. */
  public static int run(
      CommandLine commands, OutputStream out, OutputStream err, String... arguments) {
    PrintWriter results = new PrintWriter(out, false, StandardCharsets.UTF_8);
    PrintWriter messages = new PrintWriter(err, true, StandardCharsets.UTF_8);
    int code =
        commands
            .setOut(results)
            .setErr(messages)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler(Earshot::wrongUsage)
            .setExecutionExceptionHandler(
                (failure, commandLine, parsed) -> {
                  messages.println("earshot: " + Messages.of(failure));
                  if (Boolean.getBoolean("earshot.trace")) {
                    failure.printStackTrace(messages);
                  }
                  return ExitCode.FAILED;
                })
            .execute(arguments);
    results.flush();
    messages.flush();
    return code;
  }

  private static int wrongUsage(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    command
        .getErr()
        .println("earshot: " + Messages.line(wrong.getMessage()) + "; see '" + name + " --help'");
    return ExitCode.WRONG_USAGE;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }
}
