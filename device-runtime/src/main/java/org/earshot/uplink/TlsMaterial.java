package org.earshot.uplink;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/** Reads {@link TlsFiles} into what a TLS engine wants. */
final class TlsMaterial {
  private static final int MAX_BYTES = 1 << 20;
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN ([A-Z ]*)PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END ");
  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519", "Ed448");

  private TlsMaterial() {}

  /** Returns who may sign the broker's certificate; null for the system's authorities. */
  static TrustManagerFactory trust(TlsFiles files) throws IOException {
    if (files.authorities() == null) {
      return null;
    }
    try {
      KeyStore store = empty();
      int number = 0;
      for (Certificate certificate : certificates(files.authorities())) {
        store.setCertificateEntry("authority-" + number++, certificate);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory;
    } catch (GeneralSecurityException e) {
      throw unusable(files.authorities(), e.getMessage(), e);
    }
  }

  /** Returns who the device is; null when it shows no certificate. */
  static KeyManagerFactory identity(TlsFiles files) throws IOException {
    if (files.certificate() == null) {
      return null;
    }
    char[] password = files.keyPassword() == null ? new char[0] : files.keyPassword().toCharArray();
    try {
      KeyStore store = files.hasArchive() ? archive(files, password) : pair(files, password);
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, password);
      return factory;
    } catch (GeneralSecurityException e) {
      throw unusable(files.certificate(), e.getMessage(), e);
    }
  }

  private static KeyStore archive(TlsFiles files, char[] password)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(files.certificate())) {
      store.load(in, password);
    } catch (IOException e) {
      throw unusable(files.certificate(), e.getMessage() + " (is its password right?)", e);
    }
    return store;
  }

  private static KeyStore pair(TlsFiles files, char[] password)
      throws IOException, GeneralSecurityException {
    Certificate[] chain = certificates(files.certificate()).toArray(new Certificate[0]);
    KeyStore store = empty();
    store.setKeyEntry("device", key(files.key()), password, chain);
    return store;
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws IOException, CertificateException {
    Collection<? extends Certificate> certificates;
    try (InputStream in = new ByteArrayInputStream(read(file))) {
      certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
    }
    if (certificates.isEmpty()) {
      throw unusable(file, "it holds no PEM certificate", null);
    }
    return certificates;
  }

  private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    Matcher matcher = KEY.matcher(new String(read(file), StandardCharsets.US_ASCII));
    if (!matcher.find()) {
      throw unusable(file, "it holds no PEM private key", null);
    }
    String type = matcher.group(1).strip();
    if (!type.isEmpty()) {
      throw unusable(
          file,
          "its key is in the form '"
              + type.toLowerCase(Locale.ROOT)
              + "'; convert it: openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW",
          null);
    }
    byte[] encoded = Base64.getMimeDecoder().decode(matcher.group(2));
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } catch (InvalidKeySpecException e) {
        // a key of another algorithm
      }
    }
    throw unusable(file, "its key is none of " + ALGORITHMS, null);
  }

  private static byte[] read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException("it is larger than " + MAX_BYTES + " bytes");
      }
      return bytes;
    } catch (IOException e) {
      throw unusable(file, e.getClass().getSimpleName() + " " + e.getMessage(), e);
    }
  }

  private static IOException unusable(Path file, String problem, Exception cause) {
    return new IOException("TLS file " + file + " cannot be used: " + problem, cause);
  }
}
