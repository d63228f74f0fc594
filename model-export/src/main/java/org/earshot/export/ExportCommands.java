package org.earshot.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.earshot.agent.HeadsCommand;
import org.earshot.evaluation.EvaluateCommand;
import org.earshot.evaluation.TagCommand;
import org.earshot.simulation.SimulateCommand;
import org.earshot.teaching.EvaluateTeachingCommand;
import org.earshot.teaching.HeadsAddCommand;
import org.earshot.teaching.TeachCommand;
import org.earshot.training.TrainCommand;
import org.earshot.verification.EvaluateVerifierCommand;
import org.earshot.verification.ExportVerifierCommand;
import org.earshot.verification.TrainVerifierCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Main class of everything that needs DeepLearning4J or the simulator. */
@Command(
    name = "earshot",
    description = "Sound detection for homes: simulation, training, export and evaluation.",
    mixinStandardHelpOptions = true,
    subcommands = {
      SimulateCommand.class,
      TagCommand.class,
      TrainCommand.class,
      ExportCommand.class,
      TrainVerifierCommand.class,
      ExportVerifierCommand.class,
      EvaluateVerifierCommand.class,
      TeachCommand.class,
      EvaluateTeachingCommand.class
    })
public final class ExportCommands {
  private ExportCommands() {}

  /** Runs a verb; exit codes as in the device's own command line. */
  public static void main(String[] arguments) {
    CommandLine commands = new CommandLine(new ExportCommands());
    commands.addSubcommand(new EvaluateCommand(FloatSource::open));
    commands.addSubcommand(
        new CommandLine(new HeadsCommand())
            .addSubcommand(new HeadsAddCommand())
            .addSubcommand(new HeadsAddCommand.Update()));
    commands.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          if (failure instanceof IOException || failure instanceof UncheckedIOException) {
            command.getErr().println(command.getCommandName() + ": " + failure.getMessage());
            return 1;
          }
          throw failure;
        });
    System.exit(commands.execute(arguments));
  }
}
