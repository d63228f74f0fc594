package org.earshot.cloud.service;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.earshot.agent.ModelOption;
import org.earshot.cloud.Logs;
import org.earshot.cloud.config.CloudConfig;
import org.earshot.cloud.verify.FusedVerifier;
import org.earshot.model.SoundModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Takes in what devices tell, verifies it, remembers it, tells owners, and shows the history. */
@Command(
    name = "cloud",
    mixinStandardHelpOptions = true,
    description = {
      "Takes in what devices tell, verifies it, remembers it, tells owners, and shows the history.",
      "",
      "Without a configuration everything is in this process and in one folder: a broker on",
      "mqtt://127.0.0.1:1883, SQLite, a folder of clips, the page on http://127.0.0.1:8480. Any key",
      "of the configuration may also stand in the environment: EARSHOT_CLOUD_DATABASE_URL is url in",
      "[database]. Ends on SIGTERM, after what it has in hand."
    })
public final class CloudCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "TOML; packaging/cloud.toml has every key.")
  private Path file;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description =
          "Folder of the database and the clips where the configuration names none"
              + " (default: ${DEFAULT-VALUE}).",
      defaultValue = "${sys:earshot.cloud.state:-${sys:user.home}/.local/share/earshot/cloud}")
  private Path state;

  @Override
  public Integer call() throws Exception {
    Path models = Path.of(System.getProperty("earshot.models", "models"));
    CloudConfig config = CloudConfig.read(file, System.getenv(), state, models);
    if (config.logJson()) {
      Logs.asJson();
    }
    SoundModel device = ModelOption.read(config.models());
    CountDownLatch ended = new CountDownLatch(1);
    try (FusedVerifier verifier =
        FusedVerifier.open(config.models().resolve("verifier"), config.yamnet())) {
      CloudService service = new CloudService(config, verifier, device.heads(), Clock.systemUTC());
      Thread closer =
          new Thread(
              () -> {
                service.close();
                ended.countDown();
              },
              "closer");
      Runtime.getRuntime().addShutdownHook(closer);
      service.start();
      PrintWriter out = spec.commandLine().getOut();
      out.println("broker   " + service.brokerUrl());
      service.page().ifPresent(page -> out.println("page     " + page));
      service
          .setupCode()
          .ifPresent(code -> out.println("first account: enter " + code + " on the page"));
      out.println("verifier " + verifier.model());
      out.flush();
      ended.await();
    }
    return 0;
  }
}
