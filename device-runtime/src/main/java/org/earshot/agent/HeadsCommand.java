package org.earshot.agent;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The group of commands on the heads of a model. */
@Command(
    name = "heads",
    mixinStandardHelpOptions = true,
    versionProvider = EarshotVersion.class,
    description = "Tells about the heads of a model, one for each sound that it hears.",
    subcommands = HeadsListCommand.class)
final class HeadsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "no command given; there are: " + String.join(", ", spec.subcommands().keySet()));
  }
}
