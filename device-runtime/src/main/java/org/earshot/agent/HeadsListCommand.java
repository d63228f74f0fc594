package org.earshot.agent;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what each head of a model costs in false alerts and in misses. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    versionProvider = EarshotVersion.class,
    description = {
      "Prints, for every event, the false alerts to expect in a day and the share of events missed,",
      "at a low (25), the default (50) and a high (75) sensitivity, and how many hours of audio",
      "without the event stand behind the figure.",
      "",
      "'< 3.0' says that no false alert came in all these hours, which a rate of more than 3.0 a day",
      "would do in less than 5 of 100 cases. A day is one of the negatives that the model was measured",
      "on, whose sounds are much denser than a home's."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:failed", "2:wrong usage"})
final class HeadsListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelOption modelOption;

  @Option(
      names = "--format",
      paramLabel = "text|tsv",
      defaultValue = "text",
      description = "text (the default), or tsv: a header and one line an event and sensitivity.")
  private HeadTable format;

  @Override
  public Integer call() throws IOException {
    format.print(modelOption.load().heads(), spec.commandLine().getOut());
    return ExitCode.DONE;
  }
}
