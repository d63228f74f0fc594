package org.earshot.uplink;

import java.nio.file.Path;

/**
 * Files for TLS beyond the system's own certificates.
 *
 * @param authorities PEM file of the certificates that sign the broker's; null for the system's
 * @param certificate the device's own certificate: a PEM file (with its chain), or PKCS 12 ({@code
 *     .p12}, {@code .pfx}) that holds the key too; null for none
 * @param key PEM file with the unencrypted PKCS 8 key; null with PKCS 12 and without certificate
 * @param keyPassword of the PKCS 12 file; null for none
 */
public record TlsFiles(Path authorities, Path certificate, Path key, String keyPassword) {
  /** Throws IllegalArgumentException when key and certificate do not go together. */
  public TlsFiles {
    boolean archive = certificate != null && isArchive(certificate);
    if (certificate != null && !archive && key == null) {
      throw new IllegalArgumentException("the certificate " + certificate + " needs a key file");
    }
    if (key != null && (certificate == null || archive)) {
      throw new IllegalArgumentException("the key " + key + " needs a PEM certificate");
    }
  }

  /** Returns what trusts these authorities only. */
  public static TlsFiles trusting(Path authorities) {
    return new TlsFiles(authorities, null, null, null);
  }

  /** Returns whether the certificate's file is PKCS 12. */
  boolean hasArchive() {
    return certificate != null && isArchive(certificate);
  }

  private static boolean isArchive(Path file) {
    String name = file.toString();
    return name.endsWith(".p12") || name.endsWith(".pfx");
  }

  /** Never shows the password. */
  @Override
  public String toString() {
    return "TlsFiles[" + authorities + ", " + certificate + ", " + key + "]";
  }
}
