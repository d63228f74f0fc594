package org.earshot.agent;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.earshot.heads.SigningKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a key that signs heads. */
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    versionProvider = EarshotVersion.class,
    description = {
      "Makes a key that signs heads (Ed25519), and beside it FILE.pub, which a device is to trust.",
      "",
      "Keep FILE to yourself: whoever has it can give your devices new heads."
    })
final class HeadsKeyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "Must not exist yet.")
  private Path file;

  @Override
  public Integer call() throws IOException {
    try {
      SigningKey.create(file);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(e.getFile() + ": there is a file of this name; name another", e);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(file + ": the key; keep it to yourself");
    out.println(
        SigningKey.publicFile(file) + ": for [heads] trusted_keys in the devices' configuration");
    return ExitCode.DONE;
  }
}
