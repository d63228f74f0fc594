package org.earshot.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The sectioned, checksummed file that base, heads and bundles share: docs/model-format.md,
 * "Container".
 *
 * <p>Every byte is covered by a checksum: header and table by the digest behind the table, each
 * payload by the digest in its table entry; payloads lie without gaps in the table's order.
 */
final class Container {
  /**
   * Not valid text in any encoding, and broken by a transfer that changes line ends (as in PNG).
   */
  static final byte[] MAGIC = {(byte) 0x89, 'E', 'S', 'H', '\r', '\n', 0x1a, '\n'};

  /** Raised with every change of a payload's layout; 2 brought convolutions (ADR 0013). */
  static final int VERSION = 2;

  static final int HEADER_BYTES = 24;
  static final int ENTRY_BYTES = 48;
  static final int MAX_SECTIONS = 256;

  /** Far above any model: 64 heads on the largest base would be the next thing to limit. */
  static final int MAX_FILE_BYTES = 64 << 20;

  static final int KIND_BASE = 1;
  static final int KIND_HEAD = 2;
  static final int KIND_BUNDLE = 3;

  static final int BASE = type("BASE");
  static final int HEAD = type("HEAD");
  static final int CURV = type("CURV");
  static final int GOLD = type("GOLD");
  static final int SIGN = type("SIGN");

  /** Set in an entry's flags when a reader that does not know the section must refuse the file. */
  static final int MANDATORY = 1;

  /** One payload, where it lies in the file, and where its entry lies in the table. */
  record Section(int type, int flags, int offset, int length, int entry) {}

  private Container() {}

  static int type(String fourCharacters) {
    byte[] c = fourCharacters.getBytes(StandardCharsets.US_ASCII);
    return c[0] | c[1] << 8 | c[2] << 16 | c[3] << 24;
  }

  /** A section to be written. */
  record Payload(int type, int flags, byte[] bytes) {
    static Payload base(BaseModel base) {
      return new Payload(BASE, MANDATORY, BaseCodec.encode(base));
    }

    static Payload head(HeadModel head) {
      return new Payload(HEAD, MANDATORY, HeadCodec.encode(head));
    }

    static Payload curve(OperatingCurve curve) {
      return new Payload(CURV, 0, CurveCodec.encode(curve));
    }

    static Payload golden(GoldenPosteriors golden) {
      return new Payload(GOLD, 0, GoldenCodec.encode(golden));
    }
  }

  static byte[] write(int kind, List<Payload> payloads) {
    int offset = HEADER_BYTES + payloads.size() * ENTRY_BYTES + Sha256.BYTES;
    int fileLength = offset + payloads.stream().mapToInt(p -> p.bytes().length).sum();
    PayloadWriter out =
        new PayloadWriter()
            .bytes(MAGIC)
            .u16(VERSION)
            .u16(kind)
            .i32(fileLength)
            .i32(payloads.size())
            .i32(0);
    for (Payload payload : payloads) {
      out.i32(payload.type())
          .i32(payload.flags())
          .i32(offset)
          .i32(payload.bytes().length)
          .bytes(Sha256.of(payload.bytes()));
      offset += payload.bytes().length;
    }
    out.bytes(Sha256.of(out.toBytes()));
    for (Payload payload : payloads) {
      out.bytes(payload.bytes());
    }
    return out.toBytes();
  }

  /** Checks header, table and every checksum; returns the kind's known sections in file order. */
  static List<Section> read(byte[] file, String name, int kind) throws ModelFormatException {
    PayloadReader in = new PayloadReader(name, file, 0, file.length);
    for (int i = 0; i < MAGIC.length; i++) {
      if (i >= file.length || file[i] != MAGIC[i]) {
        throw in.error(Math.min(i, file.length), "not an Earshot model file (wrong magic)");
      }
    }
    in.bytes("magic", MAGIC.length);
    int versionAt = in.position();
    int version = in.u16("format version");
    if (version != VERSION) {
      throw in.error(
          versionAt, "format version " + version + ", this Earshot reads version " + VERSION);
    }
    in.u16("kind of file (1 base, 2 head, 3 bundle)", kind, kind);
    int lengthAt = in.position();
    int fileLength = in.i32("file length");
    if (fileLength != file.length) {
      throw in.error(
          lengthAt, "says it has " + (fileLength & 0xffffffffL) + " bytes but has " + file.length);
    }
    int countAt = in.position();
    int count = in.i32("number of sections");
    if (count < 1 || count > MAX_SECTIONS) {
      throw in.error(countAt, "number of sections is " + count + ", wanted 1 to " + MAX_SECTIONS);
    }
    if (in.i32("reserved") != 0) {
      throw in.error(countAt + 4L, "reserved bytes are not zero");
    }
    int tableEnd = HEADER_BYTES + count * ENTRY_BYTES;
    if (tableEnd + Sha256.BYTES > file.length) {
      throw in.error(countAt, "too short for " + count + " sections");
    }
    checkDigest(
        in,
        file,
        0,
        tableEnd,
        Arrays.copyOfRange(file, tableEnd, tableEnd + Sha256.BYTES),
        "header");
    return readTable(in, file, count, tableEnd + Sha256.BYTES);
  }

  private static List<Section> readTable(PayloadReader in, byte[] file, int count, int payloads)
      throws ModelFormatException {
    List<Section> known = new ArrayList<>();
    int wantedOffset = payloads;
    for (int i = 0; i < count; i++) {
      int at = in.position();
      int type = in.i32("section type");
      int flags = in.i32("section flags");
      int offset = in.i32("section offset");
      int length = in.i32("section length");
      byte[] digest = in.bytes("section checksum", Sha256.BYTES);
      if (offset != wantedOffset || length < 0 || length > file.length - offset) {
        throw in.error(
            at + 8L, "section " + i + " lies at " + offset + " with " + length + " bytes");
      }
      checkDigest(in, file, offset, length, digest, "section " + i);
      if (type == BASE || type == HEAD || type == CURV || type == GOLD || type == SIGN) {
        known.add(new Section(type, flags, offset, length, at));
      } else if ((flags & MANDATORY) != 0) {
        throw in.error(
            at,
            String.format(
                "section %d has the unknown type 0x%08x; a newer Earshot reads it", i, type));
      }
      wantedOffset = offset + length;
    }
    if (wantedOffset != file.length) {
      throw in.error(wantedOffset, (file.length - wantedOffset) + " bytes after the last section");
    }
    return known;
  }

  private static void checkDigest(
      PayloadReader in, byte[] file, int offset, int length, byte[] wanted, String what)
      throws ModelFormatException {
    if (!Arrays.equals(Sha256.of(file, offset, length), wanted)) {
      throw in.error(offset, "damaged: the SHA-256 of the " + what + " does not match");
    }
  }
}
