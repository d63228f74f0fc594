package org.earshot.heads;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/** Signatures of RFC 8032 as the Java platform has them, and digests that name things. */
final class Ed25519 {
  static final String PUBLIC = "PUBLIC KEY";
  static final String PRIVATE = "PRIVATE KEY";
  private static final String NAME = "Ed25519";

  private Ed25519() {}

  /** Something that every Java must be able to do; its failure is a mistake of ours. */
  private interface Work<T> {
    T done() throws GeneralSecurityException;
  }

  private static <T> T always(Work<T> work) {
    try {
      return work.done();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot do Ed25519 or SHA-256", e);
    }
  }

  static KeyPair newPair() {
    return always(() -> KeyPairGenerator.getInstance(NAME).generateKeyPair());
  }

  static PublicKey publicKey(byte[] x509, Path file) throws IOException {
    try {
      return KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(x509));
    } catch (GeneralSecurityException e) {
      throw new IOException(file + ": no Ed25519 public key; make one with 'heads key'", e);
    }
  }

  static PrivateKey privateKey(byte[] pkcs8, Path file) throws IOException {
    try {
      return KeyFactory.getInstance(NAME).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException e) {
      throw new IOException(file + ": no Ed25519 private key; make one with 'heads key'", e);
    }
  }

  static byte[] sign(PrivateKey key, byte[] bytes) {
    return always(
        () -> {
          Signature signature = Signature.getInstance(NAME);
          signature.initSign(key);
          signature.update(bytes);
          return signature.sign();
        });
  }

  static boolean verify(PublicKey key, byte[] bytes, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance(NAME);
      verifier.initVerify(key);
      verifier.update(bytes);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) { // such as bytes that are no point of the curve
      return false;
    }
  }

  static byte[] sha256(byte[] bytes) {
    return always(() -> MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
