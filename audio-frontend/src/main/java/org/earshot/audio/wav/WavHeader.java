package org.earshot.audio.wav;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.earshot.audio.AudioFiles;
import org.earshot.audio.CorruptAudioException;

/**
 * Where the samples of a WAV file lie and how they are stored.
 *
 * <p>Sources: Multimedia Programming Interface and Data Specifications 1.0 (1991), Microsoft
 * "Multiple Channel Audio Data and WAVE Files" (WAVE_FORMAT_EXTENSIBLE), EBU Tech 3306 (RF64) and
 * ITU-R BS.2088 (BW64). The RIFF size is not believed: chunk sizes are checked against the file.
 *
 * @param dataOffset byte offset of the first sample
 * @param frames samples per channel, all of them inside the file, at least 1
 */
record WavHeader(
    SampleFormat format, int channels, int sampleRateHz, long dataOffset, long frames) {

  private static final int FORMAT_PCM = 1;
  private static final int FORMAT_IEEE_FLOAT = 3;
  private static final int FORMAT_EXTENSIBLE = 0xfffe;

  /** Bytes 2..15 of the KSDATAFORMAT_SUBTYPE GUIDs; bytes 0..1 are the plain format tag. */
  private static final String SUBTYPE_GUID_TAIL = "000000001000800000aa00389b71";

  /** A file of more chunks than this is taken for an attack on the reader's time. */
  private static final int MAX_CHUNKS = 4_096;

  private static final long UNKNOWN_SIZE = 0xffff_ffffL;

  /** {@code arecord} writes this size when it cannot seek back. */
  private static final long ARECORD_SIZE = 0x8000_0000L;

  /** {@code sox} writes this size, cut to whole frames, when it cannot seek back. */
  private static final long SOX_SIZE = 0x7fff_f000L;

  private static final Set<String> KNOWN_CHUNKS =
      Set.of("fmt ", "data", "fact", "LIST", "JUNK", "junk", "bext", "cue ", "smpl", "PEAK");

  private static final String CUT = "copy or record the file again";
  private static final String CONVERT = "convert it to 16-bit PCM WAV";

  static boolean recognises(byte[] head) {
    if (head.length < 12) {
      return false;
    }
    String form = new String(head, 0, 4, StandardCharsets.ISO_8859_1);
    return (form.equals("RIFF") || form.equals("RF64") || form.equals("BW64"))
        && new String(head, 8, 4, StandardCharsets.ISO_8859_1).equals("WAVE");
  }

  /** Walks the chunks from the start of {@code channel}, which need not be positioned. */
  static WavHeader parse(SeekableByteChannel channel) throws IOException {
    return new Parser(channel).parse();
  }

  /** One walk over the chunks of one file. */
  private static final class Parser {
    private final SeekableByteChannel channel;
    private final long fileBytes;
    private final ByteBuffer scratch = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);

    private SampleFormat format;
    private int channels;
    private int sampleRateHz;
    private int frameBytes;
    private long formFileBytes; // as the RIFF size promises
    private long longDataBytes = -1; // from ds64
    private long dataOffset = -1;
    private long dataBytes;

    Parser(SeekableByteChannel channel) throws IOException {
      this.channel = channel;
      this.fileBytes = channel.size();
    }

    WavHeader parse() throws IOException {
      if (fileBytes < 12) {
        throw new CorruptAudioException("WAV header cut short", fileBytes, CUT);
      }
      read(0, 12);
      byte[] head = new byte[12];
      scratch.get(0, head);
      if (!recognises(head)) {
        throw new CorruptAudioException("no RIFF/WAVE signature", 0, "convert it to WAV or FLAC");
      }
      formFileBytes = Integer.toUnsignedLong(scratch.getInt(4)) + 8;
      long at = 12;
      for (int chunk = 0; ; chunk++) {
        if (chunk == MAX_CHUNKS) {
          throw new CorruptAudioException(
              "more than " + MAX_CHUNKS + " WAV chunks without audio", at, CONVERT);
        }
        if (fileBytes - at < 8) {
          break;
        }
        read(at, 8);
        String id = id(0);
        long size = Integer.toUnsignedLong(scratch.getInt(4));
        long body = at + 8;
        if (id.equals("data")) {
          if (dataOffset >= 0) {
            break; // only the first one counts
          }
          size = takeData(body, size);
          if (format != null) {
            break;
          }
        } else {
          requireInside(id, size, at, body);
          if (id.equals("fmt ") && format == null) {
            takeFormat(body, size);
            if (dataOffset >= 0) {
              break;
            }
          } else if (id.equals("ds64") && size >= 16) {
            read(body, 16);
            longDataBytes = scratch.getLong(8);
          }
        }
        at = next(body, size);
      }
      return finish(Math.min(at, fileBytes));
    }

    private WavHeader finish(long at) throws IOException {
      if (format == null) {
        throw new CorruptAudioException("WAV file without a format chunk", at, CUT);
      }
      if (dataOffset < 0) {
        throw new CorruptAudioException("WAV header without a data chunk", at, CUT);
      }
      long frames = dataBytes / frameBytes;
      if (frames == 0) {
        throw new CorruptAudioException("WAV header without samples", dataOffset, CUT);
      }
      return new WavHeader(format, channels, sampleRateHz, dataOffset, frames);
    }

    /** Settles where the samples end, and returns the size to skip by. */
    private long takeData(long body, long size) throws IOException {
      long rest = fileBytes - body;
      dataOffset = body;
      dataBytes = size;
      if (size == UNKNOWN_SIZE && longDataBytes >= 0) {
        dataBytes = longDataBytes;
        if (dataBytes > rest) {
          throw cut("data", dataBytes, body, rest);
        }
      } else if (size == UNKNOWN_SIZE || (size == 0 && !chunksFollow(body))) {
        dataBytes = rest;
      } else if (size > rest) {
        boolean streamed = size == ARECORD_SIZE || (size <= SOX_SIZE && size > SOX_SIZE - 0x1_0000);
        if (!streamed || formFileBytes < size) {
          throw cut("data", size, body, rest);
        }
        dataBytes = rest;
      }
      return dataBytes;
    }

    /** Whether a data chunk of size 0 is truly empty: the rest is chunks up to the very end. */
    private boolean chunksFollow(long at) throws IOException {
      for (int chunk = 0; chunk < MAX_CHUNKS && at < fileBytes; chunk++) {
        if (fileBytes - at < 8) {
          return false;
        }
        read(at, 8);
        long size = Integer.toUnsignedLong(scratch.getInt(4));
        if (!isPrintable(id(0)) || size > fileBytes - at - 8) {
          return false;
        }
        at += 8 + size + size % 2;
      }
      return at >= fileBytes;
    }

    private void takeFormat(long body, long size) throws IOException {
      if (size < 16) {
        throw new CorruptAudioException(
            "WAV format chunk of " + size + " bytes, not 16 or more", body - 4, CUT);
      }
      read(body, (int) Math.min(size, 40));
      int tag = Short.toUnsignedInt(scratch.getShort(0));
      channels = Short.toUnsignedInt(scratch.getShort(2));
      long rate = Integer.toUnsignedLong(scratch.getInt(4));
      int blockAlign = Short.toUnsignedInt(scratch.getShort(12));
      int bits = Short.toUnsignedInt(scratch.getShort(14));
      if (tag == FORMAT_EXTENSIBLE) {
        if (size < 40) {
          throw new CorruptAudioException(
              "extensible WAV format chunk of " + size + " bytes, not 40", body - 4, CUT);
        }
        tag = subFormat(body);
      }
      if (channels == 0 || channels == 0xffff) {
        throw new CorruptAudioException(
            "channel count " + channels + " is not in 1..65534", body + 2, CONVERT);
      }
      if (rate < AudioFiles.MIN_SAMPLE_RATE_HZ || rate > AudioFiles.MAX_SAMPLE_RATE_HZ) {
        throw new CorruptAudioException(
            String.format(
                Locale.ROOT,
                "sample rate %d Hz is not in %d..%d Hz",
                rate,
                AudioFiles.MIN_SAMPLE_RATE_HZ,
                AudioFiles.MAX_SAMPLE_RATE_HZ),
            body + 4,
            "convert it to 16000 Hz");
      }
      format = sampleFormat(tag, bits, body);
      sampleRateHz = (int) rate;
      // at most 65534 * 8 bytes, so that a frame always fits in memory
      frameBytes = channels * format.bytes();
      if (frameBytes <= 0xffff && blockAlign != frameBytes) {
        throw new CorruptAudioException(
            String.format(
                Locale.ROOT,
                "block size %d does not fit %d channels of %d bits",
                blockAlign,
                channels,
                bits),
            body + 12,
            CONVERT);
      }
    }

    private int subFormat(long body) throws CorruptAudioException {
      StringBuilder tail = new StringBuilder();
      for (int i = 26; i < 40; i++) {
        tail.append(String.format(Locale.ROOT, "%02x", scratch.get(i)));
      }
      if (!tail.toString().equals(SUBTYPE_GUID_TAIL)) {
        throw new CorruptAudioException("unknown extensible WAV sub-format", body + 24, CONVERT);
      }
      return Short.toUnsignedInt(scratch.getShort(24));
    }

    private static SampleFormat sampleFormat(int tag, int bits, long body)
        throws CorruptAudioException {
      if (tag == FORMAT_PCM && bits >= 1 && bits <= 32) {
        // narrower samples are left-justified in their bytes, so that the container's scale holds
        return switch ((bits + 7) / 8) {
          case 1 -> SampleFormat.PCM_8;
          case 2 -> SampleFormat.PCM_16;
          case 3 -> SampleFormat.PCM_24;
          default -> SampleFormat.PCM_32;
        };
      }
      if (tag == FORMAT_IEEE_FLOAT && bits == 32) {
        return SampleFormat.FLOAT_32;
      }
      if (tag == FORMAT_IEEE_FLOAT && bits == 64) {
        return SampleFormat.FLOAT_64;
      }
      if (tag == FORMAT_PCM || tag == FORMAT_IEEE_FLOAT) {
        throw new CorruptAudioException(
            bits + (tag == FORMAT_PCM ? "-bit integer" : "-bit float") + " samples are not read",
            body + 14,
            CONVERT);
      }
      throw new CorruptAudioException(
          String.format(Locale.ROOT, "WAV encoding 0x%04x is not read", tag), body, CONVERT);
    }

    private void requireInside(String id, long size, long at, long body)
        throws CorruptAudioException {
      if (!isPrintable(id)) {
        throw new CorruptAudioException("bytes that are no WAV chunk", at, CUT);
      }
      if (size > fileBytes - body) {
        throw cut(id, size, body, fileBytes - body);
      }
    }

    private static CorruptAudioException cut(String id, long size, long body, long rest) {
      return new CorruptAudioException(
          String.format(
              Locale.ROOT, "WAV chunk '%s' promises %d bytes and the file has %d", id, size, rest),
          body - 4,
          CUT);
    }

    /** Offset of the next chunk header: odd chunks are padded, though some writers forget. */
    private long next(long body, long size) throws IOException {
      long end = body + size;
      if (size % 2 == 0) {
        return end;
      }
      if (fileBytes - end >= 8) {
        read(end, 8);
        if (KNOWN_CHUNKS.contains(id(0))) {
          return end;
        }
      }
      return end + 1;
    }

    private void read(long at, int bytes) throws IOException {
      scratch.clear().limit(bytes);
      channel.position(at);
      while (scratch.hasRemaining()) {
        if (channel.read(scratch) < 0) {
          throw new CorruptAudioException("WAV header cut short", at + scratch.position(), CUT);
        }
      }
    }

    private String id(int at) {
      byte[] id = new byte[4];
      scratch.get(at, id);
      return new String(id, StandardCharsets.ISO_8859_1);
    }

    private static boolean isPrintable(String id) {
      return id.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
    }
  }
}
