package org.earshot.cloud.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.earshot.agent.config.ConfigException;
import org.earshot.cloud.notify.NoticeRule;
import org.earshot.cloud.web.WebSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudConfigTest {
  private static final Path SHIPPED = Path.of("..", "packaging", "cloud.toml");
  private static final Path STATE = Path.of("/var/lib/earshot-cloud");
  private static final Path MODELS = Path.of("/usr/share/earshot-cloud/models");
  private static final String SECRETS = "/etc/earshot/cloud/";

  @TempDir private Path folder;

  private static CloudConfig read(Path file, Map<String, String> environment) throws IOException {
    return CloudConfig.read(file, environment, STATE, MODELS);
  }

  private CloudConfig parse(String toml) throws IOException {
    return read(Files.writeString(folder.resolve("cloud.toml"), toml), Map.of());
  }

  /** The shipped file with every key in force, and with the secrets that it names. */
  private String everyKey() throws IOException {
    for (String secret :
        List.of("database-password", "s3-access-key", "s3-secret-key", "metrics-token")) {
      Files.writeString(folder.resolve(secret), secret + "-of-a-test\n");
    }
    return Files.readString(SHIPPED)
        .replaceAll("(?m)^#(?=[\\[a-z0-9_.]+( = .*|]*$))", "")
        .replaceAll("(?m)^(deadline_seconds|days) = (30|90)$", "$1 = 7")
        .replace(SECRETS, folder + "/");
  }

  @Test
  void withoutAFileEverythingIsInOneFolder() throws IOException {
    CloudConfig config = read(null, Map.of());

    assertThat(config.roles()).containsExactlyInAnyOrder(Role.values());
    assertThat(config.broker()).isNull();
    assertThat(config.brokerPort()).isEqualTo(1883);
    assertThat(config.database().url()).isEqualTo("/var/lib/earshot-cloud/history.db");
    assertThat(config.clipFolder()).isEqualTo(STATE.resolve("clips"));
    assertThat(config.s3()).isNull();
    assertThat(config.web().host()).isEqualTo("127.0.0.1");
    assertThat(config.web().port()).isEqualTo(WebSettings.PORT);
    assertThat(config.notices().channels()).isEmpty();
    assertThat(config.deadlines().lifeSafety())
        .containsExactlyInAnyOrder("smoke_alarm", "co_alarm");
  }

  @Test
  void theShippedFileSaysNothingButTheDefaults() throws IOException {
    assertThat(read(SHIPPED, Map.of())).isEqualTo(read(null, Map.of()));
  }

  /** Uncommenting any line of the shipped file must not be a mistake. */
  @Test
  void everyLineOfTheShippedFileIsUnderstood() throws IOException {
    CloudConfig config = parse(everyKey());

    assertThat(config.worker()).isEqualTo("worker-1");
    assertThat(config.broker().tls()).isTrue();
    assertThat(config.database().password()).isEqualTo("database-password-of-a-test");
    assertThat(config.clipFolder()).isNull();
    assertThat(config.s3().endpoint()).isEqualTo(URI.create("https://s3.example"));
    assertThat(config.s3().secretKey()).isEqualTo("s3-secret-key-of-a-test");
    assertThat(config.deadlines().othersAfter()).isEqualTo(Duration.ofSeconds(7));
    assertThat(config.retention().age()).isEqualTo(Duration.ofDays(7));
    assertThat(config.retention().ageByEvent()).containsEntry("dog_bark", Duration.ofDays(14));
    assertThat(config.yamnet()).isEqualTo(STATE.resolve("yamnet.tflite"));
    assertThat(config.web().metricsToken()).isEqualTo("metrics-token-of-a-test");
    assertThat(config.web().publicUrl()).isEqualTo("https://earshot.example");
    assertThat(config.notices().zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(config.notices().channels())
        .hasExactlyElementsOfTypes(
            ChannelConfig.Mqtt.class,
            ChannelConfig.Webhook.class,
            ChannelConfig.Ntfy.class,
            ChannelConfig.Smtp.class);
    NoticeRule rule = config.notices().rules().rules().get(0);
    assertThat(rule.effect()).isEqualTo(NoticeRule.Effect.SILENT);
    assertThat(rule.channel()).isEqualTo("ntfy");
    assertThat(rule.window()).isNotNull();
  }

  /** What is shown as a default must be it: with these lines in force, nothing else changes. */
  @Test
  void theShippedFileShowsTheDefaults() throws IOException {
    CloudConfig shown =
        parse(
            Files.readString(SHIPPED)
                .replaceAll(
                    "(?m)^#(?=([a-z_]+ = [0-9]+|(roles|state|log|folder|group|models|host|setup_code_file)"
                        + " = .*|url = \"/var.*)$)",
                    "")
                .replaceAll("(?m)^(threads = 2|dog_bark = .*|port = 465)$", "")
                .replaceAll("(?ms)^# An S3-compatible.*?(?=^\\[ingest])", "")
                .replaceAll("(?ms)^# How owners are told.*", ""));
    CloudConfig defaults = read(null, Map.of());

    assertThat(shown).isEqualTo(defaults);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[cloud]\\nroles=['cook']|cloud.roles|verify, notify, web, keep",
        "[cloud]\\nroles=[]|cloud.roles|at least one",
        "[cloud]\\nlog='xml'|cloud.log|text, json",
        "[broker]\\nurl='http://x'|broker.url|mqtt://HOST",
        "[database]\\nurl='jdbc:mysql://x/y'|database.url|jdbc:postgresql:",
        "[database]\\nconnections=0|database.connections|1 to 100",
        "[database]\\nconection=1|database.conection|connections",
        "[clips.s3]\\nbucket='A B'|clips.s3.bucket|no bucket's name",
        "[clips.s3]\\nendpoint='https://x'|clips.s3.bucket|name of the bucket",
        "[clips.s3]\\nbucket='abc'\\nendpoint=': :'|clips.s3.endpoint|something else",
        "[ingest]\\ngroup='a/b'|ingest.group|letters, digits",
        "[ingest]\\nclip_kilobytes=0|ingest.clip_kilobytes|1 to 65536",
        "[verify]\\ndeadline_seconds=601|verify.deadline_seconds|600",
        "[verify]\\nthreads='many'|verify.threads|whole number",
        "[retention]\\ndays=0|retention.days|1 to 36500",
        "[retention.event_days]\\nsiren='x'|retention.event_days.siren|whole number",
        "[web]\\nurl='https://x/y'|web.url|https://host",
        "[web]\\nport=70000|web.port|65535",
        "[web]\\ntrusted_proxies=['here']|web.trusted_proxies|here",
        "[web]\\nsession_idle_days=30\\nsession_days=20|web.session_days|session_idle_days",
        "[notify]\\nzone='Mars'|notify.zone|Europe/Berlin",
        "[[channel]]|channel[0].type|mqtt, webhook, ntfy, smtp",
        "[[channel]]\\ntype='pigeon'|channel[0].type|mqtt, webhook, ntfy, smtp",
        "[[channel]]\\ntype='webhook'|channel[0].url|https://",
        "[[channel]]\\ntype='webhook'\\nurl='https://x'|channel[0].secret_file|path of a file",
        "[[channel]]\\ntype='webhook'\\nurl='http://x.example'\\nsecret_file='s'|channel[0].url|https",
        "[[channel]]\\ntype='ntfy'|channel[0].topic|topic's name",
        "[[channel]]\\ntype='smtp'\\nfrom='a@b.c'|channel[0].host|text in quotes",
        "[[channel]]\\ntype='mqtt'\\nname='a b'|channel[0].name|letters, digits",
        "[[channel]]\\ntype='mqtt'\\n[[channel]]\\ntype='mqtt'|channel|there twice",
        "[[rule]]\\nchannel='x'|rule|names channel 'x'",
        "[[rule]]\\nhours='late'|rule[0].hours|22:00-06:30",
        "[[rule]]\\ndays=['Someday']|rule[0].days|Mon, Tue",
        "[[rule]]\\nverdicts=['maybe']|rule[0].verdicts|confirmed",
        "[[rule]]\\nzzz=1|rule[0].zzz|effect",
        "[webb]|webb|web",
        "[web|line 1 is not TOML|cloud.toml"
      })
  void aMistakeIsNamedWithItsFileAndKeyInOneLine(String toml, String key, String wanted) {
    assertThatThrownBy(() -> parse(toml.replace("\\n", "\n")))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(folder.resolve("cloud.toml") + ": ")
        .hasMessageContaining(key)
        .hasMessageContaining(wanted)
        .message()
        .doesNotContain("\n", "Config@", "CommentedConfig")
        .hasSizeLessThan(300);
  }

  @Test
  void aVariableGoesBeforeTheFile() throws IOException {
    Path file = Files.writeString(folder.resolve("cloud.toml"), "[web]\nport = 1\n");
    CloudConfig config =
        read(
            file,
            Map.of(
                "EARSHOT_CLOUD_WEB_PORT", "2",
                "EARSHOT_CLOUD_CLOUD_ROLES", "web,keep",
                "EARSHOT_CLOUD_CLIPS_S3_BUCKET", "clips",
                "EARSHOT_CLOUD_DATABASE_URL", "jdbc:postgresql://db/earshot",
                "HOME", "/nowhere"));

    assertThat(config.web().port()).isEqualTo(2);
    assertThat(config.roles()).containsExactlyInAnyOrder(Role.WEB, Role.KEEP);
    assertThat(config.s3().bucket()).isEqualTo("clips");
    assertThat(config.database().url()).isEqualTo("jdbc:postgresql://db/earshot");
  }

  @Test
  void aVariableThatStandsForNothingIsNamed() {
    assertThatThrownBy(() -> read(SHIPPED, Map.of("EARSHOT_CLOUD_WEB_PROT", "2")))
        .isInstanceOf(ConfigException.class)
        .hasMessage("EARSHOT_CLOUD_WEB_PROT in the environment stands for no key; check its name");
  }

  @Test
  void aWrongVariableIsNamedInPlaceOfTheFile() {
    assertThatThrownBy(() -> read(SHIPPED, Map.of("EARSHOT_CLOUD_WEB_PORT", "many")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "EARSHOT_CLOUD_WEB_PORT = \"many\" in the environment cannot be used; write a whole"
                + " number from 0 to 65535");
  }

  @Test
  void aSecretThatIsMissingIsNamedAndOthersAreNotShown() throws IOException {
    assertThatThrownBy(() -> parse("[database]\npassword_file = '" + folder + "/none'"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none");
    Path token = Files.writeString(folder.resolve("token"), "short");
    assertThatThrownBy(() -> parse("[web]\nmetrics_token_file = '" + token + "'"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("web.metrics_token_file")
        .hasMessageContaining("16 characters");
    assertThat(parse(everyKey()).toString()).doesNotContain("-of-a-test");
  }
}
