package org.earshot.heads;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.earshot.heads.HeadRefusedException.Reason;
import org.earshot.model.HeadUpdate;

/** The public keys whose head updates a device takes. Immutable, thread-safe. */
public final class TrustedKeys {
  private final Map<String, PublicKey> keys; // by the digest of their X.509 form

  private TrustedKeys(Map<String, PublicKey> keys) {
    this.keys = Map.copyOf(keys);
  }

  /** Returns what trusts nobody. */
  public static TrustedKeys none() {
    return new TrustedKeys(Map.of());
  }

  /**
   * Reads key files.
   *
   * @param files PEM, one or more blocks {@code PUBLIC KEY} each (Ed25519, X.509 form)
   * @throws IOException that names the file when one cannot be read or holds no such key
   */
  public static TrustedKeys read(List<Path> files) throws IOException {
    Map<String, PublicKey> keys = new LinkedHashMap<>();
    for (Path file : files) {
      List<byte[]> blocks = Pem.read(file, Ed25519.PUBLIC);
      if (blocks.isEmpty()) {
        throw new IOException(file + ": holds no public key; make one with 'heads key'");
      }
      for (byte[] block : blocks) {
        keys.put(Ed25519.hex(Ed25519.sha256(block)), Ed25519.publicKey(block, file));
      }
    }
    return new TrustedKeys(keys);
  }

  /**
   * Checks who signed an update, and that it is as it was signed.
   *
   * @param name for messages
   * @throws HeadRefusedException with {@link Reason#UNTRUSTED} or {@link Reason#FORGED}
   */
  public void check(HeadUpdate update, String name) throws HeadRefusedException {
    String id = Ed25519.hex(update.keyId());
    PublicKey key = keys.get(id);
    if (key == null) {
      throw new HeadRefusedException(
          Reason.UNTRUSTED,
          name
              + ": signed by the key "
              + id.substring(0, 16)
              + ", which is not trusted; name its public key in [heads] trusted_keys");
    }
    if (!Ed25519.verify(key, update.signedBytes(), update.signature())) {
      throw new HeadRefusedException(
          Reason.FORGED, name + ": its signature is false: it was changed after it was signed");
    }
  }
}
