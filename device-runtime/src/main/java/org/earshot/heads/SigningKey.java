package org.earshot.heads;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.util.List;
import org.earshot.model.HeadUpdate;

/** The key that signs heads. Immutable, thread-safe. */
public final class SigningKey implements HeadUpdate.Signer {
  private final PrivateKey key;
  private final byte[] keyId;
  private final byte[] x509;

  private SigningKey(PrivateKey key, byte[] x509) {
    this.key = key;
    this.x509 = x509.clone();
    keyId = Ed25519.sha256(x509);
  }

  /** Returns a new key that is on no disk. */
  public static SigningKey generate() {
    return of(Ed25519.newPair());
  }

  private static SigningKey of(KeyPair pair) {
    return new SigningKey(pair.getPrivate(), pair.getPublic().getEncoded());
  }

  /**
   * Reads a key file.
   *
   * @param file PEM with a block {@code PRIVATE KEY} (PKCS #8) and a block {@code PUBLIC KEY}
   *     (X.509), both Ed25519
   * @throws IOException that names the file when it cannot be read, or its blocks are no pair
   */
  public static SigningKey read(Path file) throws IOException {
    List<byte[]> secret = Pem.read(file, Ed25519.PRIVATE);
    List<byte[]> open = Pem.read(file, Ed25519.PUBLIC);
    if (secret.size() != 1 || open.size() != 1) {
      throw new IOException(
          file + ": wanted one private and one public key; make them with 'heads key'");
    }
    PrivateKey key = Ed25519.privateKey(secret.get(0), file);
    byte[] probe = {1};
    if (!Ed25519.verify(Ed25519.publicKey(open.get(0), file), probe, Ed25519.sign(key, probe))) {
      throw new IOException(file + ": its private and its public key are no pair");
    }
    return new SigningKey(key, open.get(0));
  }

  /**
   * Makes a key and writes it: readable by its owner only, and beside it, with {@code .pub} behind
   * the name, the public key that a device is to trust.
   *
   * @throws FileAlreadyExistsException when there is one already, which is not touched
   */
  public static SigningKey create(Path file) throws IOException {
    KeyPair pair = Ed25519.newPair();
    String open = Pem.block(Ed25519.PUBLIC, pair.getPublic().getEncoded());
    String secret = Pem.block(Ed25519.PRIVATE, pair.getPrivate().getEncoded());
    if (file.toAbsolutePath().getParent() != null) {
      Files.createDirectories(file.toAbsolutePath().getParent());
    }
    FileAttribute<?> ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Files.createFile(file, ownerOnly);
    Files.writeString(file, secret + open, StandardOpenOption.WRITE);
    Files.writeString(publicFile(file), open);
    return of(pair);
  }

  /** Returns where {@link #create} writes the public key. */
  public static Path publicFile(Path file) {
    return file.resolveSibling(file.getFileName() + ".pub");
  }

  /** Returns the public key in PEM. */
  public String publicPem() {
    return Pem.block(Ed25519.PUBLIC, x509);
  }

  @Override
  public byte[] keyId() {
    return keyId.clone();
  }

  @Override
  public byte[] sign(byte[] bytes) {
    return Ed25519.sign(key, bytes);
  }
}
