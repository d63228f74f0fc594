package org.earshot.heads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import java.util.HexFormat;
import java.util.List;
import org.earshot.model.BaseModel;
import org.earshot.model.HeadUpdate;
import org.earshot.testing.TestModels;
import org.earshot.testing.Updates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {
  private static final HexFormat HEX = HexFormat.of();

  /** What stands before a raw Ed25519 public key in X.509 form: RFC 8410, section 4. */
  private static final String X509 = "302a300506032b6570032100";

  @TempDir Path folder;
  private final BaseModel base = TestModels.random(1, 4, "siren").base();

  /** RFC 8032, section 7.1, test 2. */
  @Test
  void verifiesTheStandardsOwnExample() throws IOException {
    byte[] x509 =
        HEX.parseHex(X509 + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    byte[] signature =
        HEX.parseHex(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    PublicKey key = Ed25519.publicKey(x509, folder);

    assertThat(Ed25519.verify(key, new byte[] {0x72}, signature)).isTrue();
    assertThat(Ed25519.verify(key, new byte[] {0x73}, signature)).isFalse();
    signature[3] ^= 1;
    assertThat(Ed25519.verify(key, new byte[] {0x72}, signature)).isFalse();
    assertThat(Ed25519.verify(key, new byte[] {0x72}, new byte[64])).isFalse();
  }

  @Test
  void aKeyIsWrittenOnceForItsOwnerAndReadBack() throws Exception {
    Path file = folder.resolve("keys").resolve("heads.pem");
    SigningKey made = SigningKey.create(file);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(SigningKey.publicFile(file)))
        .isEqualTo(made.publicPem())
        .doesNotContain("PRIVATE");
    SigningKey read = SigningKey.read(file);
    assertThat(read.keyId()).isEqualTo(made.keyId());
    TrustedKeys trusted = TrustedKeys.read(List.of(SigningKey.publicFile(file)));
    trusted.check(HeadUpdate.read(Updates.file(base, "kettle", 1, read), "kettle"), "kettle");
    byte[] before = Files.readAllBytes(file);
    assertThatThrownBy(() -> SigningKey.create(file))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void filesThatAreNoKeysAreRefusedByName() throws IOException {
    Path file = folder.resolve("bad.pem");
    assertThatThrownBy(() -> TrustedKeys.read(List.of(file))).hasMessageContaining("no such key");
    Files.writeString(file, "nothing");
    assertThatThrownBy(() -> TrustedKeys.read(List.of(file)))
        .hasMessageContaining("bad.pem: holds no public key");
    assertThatThrownBy(() -> SigningKey.read(file)).hasMessageContaining("one private and one");
    Files.writeString(file, "-----BEGIN PUBLIC KEY-----\nMCow");
    assertThatThrownBy(() -> TrustedKeys.read(List.of(file)))
        .hasMessageContaining("'-----END PUBLIC KEY-----' is missing after byte 0");
    Files.writeString(file, "-----BEGIN PUBLIC KEY-----\nMCow\n-----END PUBLIC KEY-----\n");
    assertThatThrownBy(() -> TrustedKeys.read(List.of(file)))
        .hasMessageContaining("bad.pem: no Ed25519 public key");

    Path one = folder.resolve("one.pem");
    SigningKey.create(one);
    String foreign = SigningKey.generate().publicPem();
    String secret = Files.readString(one).split("-----BEGIN PUBLIC", 2)[0];
    Files.writeString(file, secret + foreign);
    assertThatThrownBy(() -> SigningKey.read(file)).hasMessageContaining("are no pair");
  }
}
