package org.earshot.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A head as it travels to a device: a head file with golden posteriors and, as its last section, a
 * signature over all others.
 *
 * <p>What was read is whole, within its bounds and fit for one another; whether the signature is
 * true, the key trusted, the base the device's and the version new, is for the one who installs it
 * to check. Immutable. Format: docs/model-format.md, "SIGN".
 */
public final class HeadUpdate {
  /** Longest update: fits a message to a device. */
  public static final int MAX_BYTES = 96 * 1024;

  /** Length of the name of a key. */
  public static final int KEY_ID_BYTES = Sha256.BYTES;

  /** Length of an Ed25519 signature (RFC 8032). */
  public static final int SIGNATURE_BYTES = 64;

  private static final int ED25519 = 1;
  private static final byte[] DOMAIN = "Earshot head update\n".getBytes(StandardCharsets.US_ASCII);

  /** Signs bytes with Ed25519. */
  public interface Signer {
    /** Returns the SHA-256 of the public key in X.509 form, 32 bytes. */
    byte[] keyId();

    /** Returns the signature of the bytes, 64 bytes. */
    byte[] sign(byte[] bytes);
  }

  private final HeadModel head;
  private final GoldenPosteriors golden;
  private final byte[] file;
  private final byte[] keyId;
  private final byte[] signature;
  private final int signEntry;

  private HeadUpdate(
      HeadModel head,
      GoldenPosteriors golden,
      byte[] file,
      byte[] keyId,
      byte[] signature,
      int signEntry) {
    this.head = head;
    this.golden = golden;
    this.file = file;
    this.keyId = keyId;
    this.signature = signature;
    this.signEntry = signEntry;
  }

  /** Reads an update; see {@link #read(byte[], String)}. */
  public static HeadUpdate read(Path file) throws IOException {
    return read(bytes(file), file.toString());
  }

  /** Returns the bytes of a file, of one that is too long for an update its beginning. */
  public static byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MAX_BYTES + 1);
    } catch (NoSuchFileException e) {
      throw new NoSuchFileException(file.toString(), null, "no such head update");
    }
  }

  /**
   * Reads an update held in memory.
   *
   * @param name for messages
   * @throws ModelFormatException that says what is wrong, and where; a head file that lacks golden
   *     posteriors or a signature is no update
   */
  public static HeadUpdate read(byte[] file, String name) throws ModelFormatException {
    if (file.length > MAX_BYTES) {
      throw new ModelFormatException(name, MAX_BYTES, "larger than any update (96 KiB)");
    }
    HeadModel head = ModelFile.readHead(file, name);
    List<Container.Section> sections = Container.read(file, name, Container.KIND_HEAD);
    Container.Section last = sections.get(sections.size() - 1);
    if (last.type() != Container.SIGN || last.offset() + last.length() != file.length) {
      throw new ModelFormatException(
          name, last.offset(), "is not signed (no SIGN as its last section)");
    }
    PayloadReader in = ModelFile.reader(file, name, last);
    in.u16("algorithm of the signature (1 Ed25519)", ED25519, ED25519);
    byte[] keyId = in.bytes("name of the key", KEY_ID_BYTES);
    byte[] signature = in.bytes("signature", SIGNATURE_BYTES);
    in.finish("the signature's section");
    return new HeadUpdate(
        head, golden(sections, file, name, head), file.clone(), keyId, signature, last.entry());
  }

  private static GoldenPosteriors golden(
      List<Container.Section> sections, byte[] file, String name, HeadModel head)
      throws ModelFormatException {
    List<Container.Section> found =
        sections.stream().filter(section -> section.type() == Container.GOLD).toList();
    if (found.size() != 1) {
      throw new ModelFormatException(
          name, file.length, "has " + found.size() + " sections of golden posteriors, wanted one");
    }
    Container.Section section = found.get(0);
    GoldenPosteriors golden = GoldenCodec.decode(ModelFile.reader(file, name, section));
    if (golden.inputs() != head.inputs()) {
      throw new ModelFormatException(
          name,
          section.offset(),
          "its golden posteriors are of "
              + golden.inputs()
              + " hidden states, its head reads "
              + head.inputs());
    }
    return golden;
  }

  /**
   * Returns an update's file.
   *
   * @throws IllegalArgumentException when the two do not fit, or it would be too long
   */
  public static byte[] write(HeadModel head, GoldenPosteriors golden, Signer signer) {
    Checks.length("a golden example", golden.inputs(), head.inputs());
    List<Container.Payload> payloads = new ArrayList<>(ModelFile.payloads(head));
    payloads.add(Container.Payload.golden(golden));
    byte[] blank = sealed(payloads, signer.keyId(), new byte[SIGNATURE_BYTES]);
    int signEntry = Container.HEADER_BYTES + payloads.size() * Container.ENTRY_BYTES;
    byte[] file = sealed(payloads, signer.keyId(), signer.sign(signedBytes(blank, signEntry)));
    Checks.range("length of the update", file.length, 0, MAX_BYTES);
    return file;
  }

  private static byte[] sealed(List<Container.Payload> payloads, byte[] keyId, byte[] signature) {
    Checks.length("the name of the key", keyId.length, KEY_ID_BYTES);
    Checks.length("the signature", signature.length, SIGNATURE_BYTES);
    List<Container.Payload> all = new ArrayList<>(payloads);
    byte[] sign = new PayloadWriter().u16(ED25519).bytes(keyId).bytes(signature).toBytes();
    all.add(new Container.Payload(Container.SIGN, 0, sign));
    return Container.write(Container.KIND_HEAD, all);
  }

  /** Header and table as far as the signature's own entry: the digests of all that it covers. */
  private static byte[] signedBytes(byte[] file, int signEntry) {
    return new PayloadWriter().bytes(DOMAIN).bytes(Arrays.copyOf(file, signEntry)).toBytes();
  }

  /** Returns the head. */
  public HeadModel head() {
    return head;
  }

  /** Returns what the head must give. */
  public GoldenPosteriors golden() {
    return golden;
  }

  /** Returns the file as it was read. */
  public byte[] file() {
    return file.clone();
  }

  /** Returns the name of the key that signed it: the SHA-256 of the public key in X.509 form. */
  public byte[] keyId() {
    return keyId.clone();
  }

  /** Returns the Ed25519 signature of {@link #signedBytes()}. */
  public byte[] signature() {
    return signature.clone();
  }

  /** Returns the bytes that are signed; they cover the digest of every other section. */
  public byte[] signedBytes() {
    return signedBytes(file, signEntry);
  }
}
