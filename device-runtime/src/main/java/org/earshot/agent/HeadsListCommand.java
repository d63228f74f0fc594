package org.earshot.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.earshot.agent.config.DeviceConfig;
import org.earshot.heads.HeadRequests;
import org.earshot.heads.HeadStore;
import org.earshot.heads.TrustedKeys;
import org.earshot.model.SoundModel;
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

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Configuration of a device on this machine: with the heads that it took, in place of"
              + " those that shipped.")
  private Path config;

  @Override
  public Integer call() throws IOException {
    SoundModel model = modelOption.load();
    if (config != null) {
      DeviceConfig device = DeviceConfig.read(config);
      model =
          HeadStore.open(
                  HeadRequests.headsFolder(device.state()),
                  model,
                  TrustedKeys.read(device.trustedKeys()),
                  (what, reason) ->
                      spec.commandLine().getErr().println("earshot: " + what + ": " + reason))
              .model();
    }
    format.print(model.heads(), spec.commandLine().getOut());
    return ExitCode.DONE;
  }
}
