package org.earshot.outbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.earshot.event.EventId;

/** The seeds of {@link ItemFileFuzzTest}. */
final class ItemFileSeeds {
  private static final EventId ID = new EventId("01KG8NM3F00123456789ABCDEF");
  private static final int SEQUENCE_OFFSET = 8;

  private ItemFileSeeds() {}

  /** Writes the seeds into the folder given. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    for (Map.Entry<String, byte[]> seed : all().entrySet()) {
      Files.write(folder.resolve(seed.getKey()), seed.getValue());
    }
  }

  static Map<String, byte[]> all() {
    Map<String, byte[]> seeds = new TreeMap<>();
    byte[] event = file(ItemKind.EVENT, Priority.LIFE_SAFETY, "earshot/home/hall/event", 20);
    seeds.put("event", event);
    seeds.put("clip", file(ItemKind.CLIP, Priority.NORMAL, "earshot/home/hall/clip/" + ID, 200));
    seeds.put("empty-payload", file(ItemKind.EVENT, Priority.NORMAL, "t", 0));
    seeds.put("long-topic", file(ItemKind.EVENT, Priority.NORMAL, "t".repeat(256), 3));
    seeds.put("cut", Arrays.copyOf(event, 60));
    seeds.put("longer", Arrays.copyOf(event, event.length + 5));
    seeds.put("other-kind", changed(event, 4, 9));
    seeds.put("other-priority", changed(event, 5, 9));
    seeds.put("no-topic", changed(event, 7, 0));
    seeds.put("no-id", changed(event, 16, '/'));
    seeds.put("negative-length", changed(event, 42, 255));
    seeds.put("wildcard", changed(event, ItemFile.FIXED_BYTES, '#'));
    seeds.put("empty", new byte[0]);
    return seeds;
  }

  /** The sequence that a file claims to have, so that the check of its name passes. */
  static long sequence(byte[] file) {
    return file.length < SEQUENCE_OFFSET + Long.BYTES
        ? 0
        : ByteBuffer.wrap(file).getLong(SEQUENCE_OFFSET);
  }

  /** Returns the file with a right checksum of its header, where it has room for one. */
  static byte[] resealed(byte[] file) {
    byte[] resealed = file.clone();
    if (file.length >= SEQUENCE_OFFSET) {
      int checked = ItemFile.FIXED_BYTES + Short.toUnsignedInt(ByteBuffer.wrap(file).getShort(6));
      if (checked + ItemFile.CHECKSUM_BYTES <= file.length) {
        ByteBuffer.wrap(resealed).putInt(checked, ItemFile.checksum(resealed, 0, checked));
      }
    }
    return resealed;
  }

  private static byte[] changed(byte[] file, int offset, int value) {
    byte[] changed = file.clone();
    changed[offset] = (byte) value;
    return changed;
  }

  private static byte[] file(ItemKind kind, Priority priority, String topic, int payloadBytes) {
    byte[] payload = new byte[payloadBytes];
    Arrays.fill(payload, (byte) 'p');
    OutboxEntry entry = new OutboxEntry(77, ID, kind, priority, topic, payloadBytes);
    ByteBuffer header = ItemFile.header(entry, payload);
    return ByteBuffer.allocate(header.limit() + payloadBytes).put(header).put(payload).array();
  }
}
