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
    description =
        "The heads of a model, one for each sound that it hears: what each costs, and signed"
            + " updates that a device takes while it listens.",
    footer = {
      "",
      "'heads add', 'heads update' and 'teach' make heads; scripts/earshot has them.",
    },
    subcommands = {
      HeadsListCommand.class,
      HeadsVerifyCommand.class,
      HeadsInstallCommand.class,
      HeadsRequestCommand.Remove.class,
      HeadsRequestCommand.RollBack.class,
      HeadsKeyCommand.class
    })
public final class HeadsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "no command given; there are: " + String.join(", ", spec.subcommands().keySet()));
  }
}
