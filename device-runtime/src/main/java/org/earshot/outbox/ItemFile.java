package org.earshot.outbox;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import org.earshot.event.EventId;

/**
 * One item as a file, so that a torn or changed one is recognised.
 *
 * <p>Big-endian: {@code EOB1}, kind (1 byte), priority (1), length of the topic (2), sequence (8),
 * event id (26 ASCII), length of the payload (4), its CRC-32C (4), topic, CRC-32C of all that (4),
 * payload. Nothing follows.
 */
final class ItemFile {
  /** Header before the topic. */
  static final int FIXED_BYTES = 4 + 1 + 1 + 2 + 8 + EventId.LENGTH + 4 + 4;

  /** Checksum of the header. */
  static final int CHECKSUM_BYTES = 4;

  /** Longest header. */
  static final int MAX_HEADER_BYTES = FIXED_BYTES + OutboxItem.MAX_TOPIC + CHECKSUM_BYTES;

  static final String SUFFIX = ".item";

  private static final int MAGIC = 0x454f_4231; // EOB1
  private static final int NAME_DIGITS = 16;
  private static final String HEX = "0123456789abcdef";
  private static final int BUFFER_BYTES = 8192;

  private ItemFile() {}

  /** What a header says. */
  record Header(OutboxEntry entry, int headerBytes, int payloadChecksum) {}

  /** Returns a file's name; the order of names is that of the sequence. */
  static String name(long sequence) {
    return String.format(Locale.ROOT, "%0" + NAME_DIGITS + "x", sequence) + SUFFIX;
  }

  /** Returns the sequence in a file's name; empty when it is not the name of an item. */
  static OptionalLong sequence(String name) {
    if (name.length() != NAME_DIGITS + SUFFIX.length() || !name.endsWith(SUFFIX)) {
      return OptionalLong.empty();
    }
    String digits = name.substring(0, NAME_DIGITS);
    boolean valid =
        digits.charAt(0) < '8' // the sign
            && digits.chars().allMatch(c -> HEX.indexOf(c) >= 0);
    return valid ? OptionalLong.of(Long.parseLong(digits, 16)) : OptionalLong.empty();
  }

  /** Returns a file's length. */
  static long bytes(OutboxEntry entry) {
    return FIXED_BYTES + entry.topic().length() + CHECKSUM_BYTES + (long) entry.payloadBytes();
  }

  /** Returns what stands before the payload. */
  static ByteBuffer header(OutboxEntry entry, byte[] payload) {
    byte[] topic = entry.topic().getBytes(StandardCharsets.US_ASCII);
    ByteBuffer header = ByteBuffer.allocate(FIXED_BYTES + topic.length + CHECKSUM_BYTES);
    header
        .putInt(MAGIC)
        .put((byte) entry.kind().code())
        .put((byte) entry.priority().code())
        .putShort((short) topic.length)
        .putLong(entry.sequence())
        .put(entry.id().text().getBytes(StandardCharsets.US_ASCII))
        .putInt(payload.length)
        .putInt(checksum(payload, 0, payload.length))
        .put(topic);
    return header.putInt(checksum(header.array(), 0, header.position())).flip();
  }

  static int checksum(byte[] bytes, int offset, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, offset, length);
    return (int) checksum.getValue();
  }

  /**
   * Reads a header.
   *
   * @param start the first bytes of the file: all, or {@link #MAX_HEADER_BYTES}
   * @param fileBytes length of the whole file
   * @param sequence that the file's name gives
   */
  static Header readHeader(byte[] start, long fileBytes, long sequence)
      throws DamagedItemException {
    if (start.length < FIXED_BYTES + CHECKSUM_BYTES) {
      throw new DamagedItemException(start.length, "the header is cut off");
    }
    ByteBuffer in = ByteBuffer.wrap(start);
    if (in.getInt() != MAGIC) {
      throw new DamagedItemException(0, "it does not begin with EOB1");
    }
    int kind = in.get();
    int priority = in.get();
    int topicBytes = Short.toUnsignedInt(in.getShort());
    int headerBytes = FIXED_BYTES + topicBytes + CHECKSUM_BYTES;
    if (topicBytes == 0 || topicBytes > OutboxItem.MAX_TOPIC || headerBytes > start.length) {
      throw new DamagedItemException(6, "the topic has " + topicBytes + " bytes");
    }
    int checked = headerBytes - CHECKSUM_BYTES;
    if (checksum(start, 0, checked) != in.getInt(checked)) {
      throw new DamagedItemException(checked, "the header's checksum is wrong");
    }
    // what follows was written with a right checksum: by another version, or with intent
    ItemKind itemKind = kind(kind);
    Priority itemPriority = priority(priority);
    if (in.getLong() != sequence) {
      throw new DamagedItemException(8, "its sequence is not that of its name");
    }
    EventId id = id(start, in.position());
    in.position(in.position() + EventId.LENGTH);
    int payloadBytes = in.getInt();
    int payloadChecksum = in.getInt();
    if (payloadBytes < 0 || payloadBytes != fileBytes - headerBytes) {
      throw new DamagedItemException(
          fileBytes, "the payload has " + (fileBytes - headerBytes) + " of its bytes");
    }
    String topic = new String(start, FIXED_BYTES, topicBytes, StandardCharsets.ISO_8859_1);
    if (payloadBytes > OutboxItem.MAX_PAYLOAD_BYTES || !OutboxItem.isTopic(topic)) {
      throw new DamagedItemException(FIXED_BYTES, "its topic or its length is out of bounds");
    }
    OutboxEntry entry = new OutboxEntry(sequence, id, itemKind, itemPriority, topic, payloadBytes);
    return new Header(entry, headerBytes, payloadChecksum);
  }

  private static ItemKind kind(int code) throws DamagedItemException {
    for (ItemKind kind : ItemKind.values()) {
      if (kind.code() == code) {
        return kind;
      }
    }
    throw new DamagedItemException(4, "there is no kind " + code);
  }

  private static Priority priority(int code) throws DamagedItemException {
    for (Priority priority : Priority.values()) {
      if (priority.code() == code) {
        return priority;
      }
    }
    throw new DamagedItemException(5, "there is no priority " + code);
  }

  private static EventId id(byte[] start, int offset) throws DamagedItemException {
    try {
      return new EventId(new String(start, offset, EventId.LENGTH, StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      throw new DamagedItemException(offset, "its event id is none");
    }
  }

  /** Reads a whole file through a small buffer and checks every byte. */
  static OutboxEntry check(Path file, long sequence) throws IOException {
    try (RandomAccessFile in = open(file)) {
      Header header = header(in, sequence);
      CRC32C checksum = new CRC32C();
      byte[] buffer = new byte[BUFFER_BYTES];
      int left = header.entry().payloadBytes();
      while (left > 0) {
        int length = Math.min(left, BUFFER_BYTES);
        in.readFully(buffer, 0, length);
        checksum.update(buffer, 0, length);
        left -= length;
      }
      compare(header, (int) checksum.getValue());
      return header.entry();
    }
  }

  /** Reads the payload of an entry. */
  static byte[] payload(Path file, OutboxEntry entry) throws IOException {
    try (RandomAccessFile in = open(file)) {
      Header header = header(in, entry.sequence());
      byte[] payload = new byte[header.entry().payloadBytes()];
      in.readFully(payload);
      compare(header, checksum(payload, 0, payload.length));
      return payload;
    }
  }

  /** Not a channel: an interrupt of the thread would close that. */
  private static RandomAccessFile open(Path file) throws IOException {
    return new RandomAccessFile(file.toFile(), "r");
  }

  /** Leaves the file at the payload. */
  private static Header header(RandomAccessFile in, long sequence) throws IOException {
    long fileBytes = in.length();
    byte[] start = new byte[(int) Math.min(fileBytes, MAX_HEADER_BYTES)];
    in.readFully(start);
    Header header = readHeader(start, fileBytes, sequence);
    in.seek(header.headerBytes());
    return header;
  }

  private static void compare(Header header, int checksum) throws DamagedItemException {
    if (checksum != header.payloadChecksum()) {
      throw new DamagedItemException(header.headerBytes(), "the payload's checksum is wrong");
    }
  }
}
