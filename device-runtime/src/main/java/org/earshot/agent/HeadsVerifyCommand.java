package org.earshot.agent;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.earshot.heads.HeadCheck;
import org.earshot.heads.HeadRefusedException;
import org.earshot.heads.TrustedKeys;
import org.earshot.model.BaseModel;
import org.earshot.model.HeadUpdate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks head updates as a device would, but for what it took before. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    versionProvider = EarshotVersion.class,
    description =
        "Checks head updates as a device would: whole, signed, for this base, with the posteriors"
            + " that they were made with.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all are good", "1:failed", "2:wrong usage", "65:one or more are refused"})
final class HeadsVerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelOption modelOption;

  @Option(
      names = "--trust",
      paramLabel = "FILE",
      required = true,
      description = "Public keys; as [heads] trusted_keys of a device.")
  private List<Path> keys;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Updates.")
  private List<Path> files;

  @Override
  public Integer call() throws IOException {
    HeadCheck check = new HeadCheck(base(), TrustedKeys.read(keys));
    PrintWriter out = spec.commandLine().getOut();
    int code = ExitCode.DONE;
    for (Path file : files) {
      try {
        HeadUpdate update = check.check(HeadUpdate.bytes(file), file.toString());
        out.printf(
            "%s\t%s\t%d\t%d bytes\tgood%n",
            file, update.head().event(), update.head().version(), update.file().length);
      } catch (HeadRefusedException e) {
        spec.commandLine().getErr().println("earshot: " + Messages.line(e.getMessage()));
        code = ExitCode.BAD_INPUT;
      }
    }
    return code;
  }

  private BaseModel base() throws IOException {
    return modelOption.load().base();
  }
}
