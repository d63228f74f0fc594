package org.earshot.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An authority of the test's own and what it signs, made with openssl. */
final class Certificates {
  private static final Path PROGRAM = Path.of("/usr/bin/openssl");

  private final Path folder;

  /** What was signed: certificate and unencrypted PKCS 8 key. */
  record Pair(Path certificate, Path key) {}

  /** Makes the authority, where openssl is installed; else skips the test. */
  Certificates(Path folder) throws IOException, InterruptedException {
    assumeTrue(
        Files.isExecutable(PROGRAM),
        "the Debian package openssl is not installed, which the tests of mosquitto with TLS need");
    this.folder = Files.createDirectories(folder);
    openssl(
        List.of(
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-subj",
            "/CN=authority",
            "-days",
            "2",
            "-keyout",
            "ca.key",
            "-out",
            "ca.pem"));
  }

  Path authority() {
    return folder.resolve("ca.pem");
  }

  /** Signs a certificate for a name; {@code alternative} such as {@code IP:127.0.0.1}. */
  Pair sign(String name, String alternative) throws IOException, InterruptedException {
    openssl(
        List.of(
            "req",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-subj",
            "/CN=" + name,
            "-keyout",
            name + ".key",
            "-out",
            name + ".csr"));
    Path extensions = folder.resolve(name + ".ext");
    Files.writeString(extensions, "subjectAltName=" + alternative + "\n");
    openssl(
        List.of(
            "x509",
            "-req",
            "-in",
            name + ".csr",
            "-CA",
            "ca.pem",
            "-CAkey",
            "ca.key",
            "-CAcreateserial",
            "-days",
            "2",
            "-extfile",
            extensions.toString(),
            "-out",
            name + ".pem"));
    return new Pair(folder.resolve(name + ".pem"), folder.resolve(name + ".key"));
  }

  /** Puts a pair into a PKCS 12 file. */
  Path archive(Pair pair, String password) throws IOException, InterruptedException {
    Path file = folder.resolve("pair.p12");
    openssl(
        List.of(
            "pkcs12",
            "-export",
            "-inkey",
            pair.key().toString(),
            "-in",
            pair.certificate().toString(),
            "-passout",
            "pass:" + password,
            "-out",
            file.toString()));
    return file;
  }

  /** Writes a key in the older form of its algorithm. */
  Path olderKey(Pair pair) throws IOException, InterruptedException {
    Path file = folder.resolve("older.key");
    openssl(List.of("ec", "-in", pair.key().toString(), "-out", file.toString()));
    return file;
  }

  private void openssl(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
    command.addAll(arguments);
    Path log = folder.resolve("openssl.log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor()).as("%s: %s", command, Files.readString(log)).isZero();
  }
}
