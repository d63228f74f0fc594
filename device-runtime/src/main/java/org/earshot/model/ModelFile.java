package org.earshot.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads and writes model files: a base ({@code .esb}), a head ({@code .esh}), a bundle of both, and
 * the folder {@code base.esb} + {@code heads/*.esh} that ships.
 *
 * <p>Reading verifies everything before use and throws {@link ModelFormatException} with the offset
 * of what it refused; memory is bounded by the file's length, at most 64 MiB. Writing is
 * deterministic: the same model gives the same bytes. Format: docs/model-format.md. Thread-safe.
 */
public final class ModelFile {
  /** The base's file in a model folder. */
  public static final String BASE_FILE = "base.esb";

  /** The folder of heads in a model folder. */
  public static final String HEADS_FOLDER = "heads";

  /** Ending of a head's file. */
  public static final String HEAD_SUFFIX = ".esh";

  private ModelFile() {}

  /** Reads a model folder, or a bundle when {@code path} is a file. */
  public static SoundModel read(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return read(bytes(path), path.toString());
    }
    BaseModel base = readBase(path.resolve(BASE_FILE));
    List<HeadModel> heads = new ArrayList<>();
    byte[] fingerprint = base.fingerprint();
    Set<String> events = new HashSet<>();
    for (Path file : headFiles(path)) {
      HeadModel head = readHead(file);
      if (!Arrays.equals(fingerprint, head.baseFingerprint())) {
        throw new ModelFormatException(
            file.toString(), 0, "this head was trained on another base than " + BASE_FILE);
      }
      if (!events.add(head.event())) {
        throw new ModelFormatException(file.toString(), 0, "a second head called " + head.event());
      }
      heads.add(head);
    }
    try {
      return new SoundModel(base, heads);
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(path.toString(), 0, e.getMessage());
    }
  }

  /** Reads a bundle held in memory; {@code name} is for messages. */
  public static SoundModel read(byte[] file, String name) throws ModelFormatException {
    BaseModel base = null;
    List<HeadModel> heads = new ArrayList<>();
    for (Container.Section section : sections(file, name, Container.KIND_BUNDLE)) {
      PayloadReader in = reader(file, name, section);
      if (section.type() == Container.HEAD) {
        heads.add(HeadCodec.decode(in));
      } else if (section.type() == Container.CURV) {
        addCurve(heads, in);
      } else if (base == null) {
        base = BaseCodec.decode(in);
      } else {
        throw in.error(section.offset(), "a second base section");
      }
    }
    if (base == null) {
      throw new ModelFormatException(name, file.length, "has no base section");
    }
    try {
      return new SoundModel(base, heads);
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(name, 0, e.getMessage());
    }
  }

  /** Reads a base file. */
  public static BaseModel readBase(Path file) throws IOException {
    return readBase(bytes(file), file.toString());
  }

  /** Reads a base file held in memory; {@code name} is for messages. */
  public static BaseModel readBase(byte[] file, String name) throws ModelFormatException {
    List<Container.Section> sections = sections(file, name, Container.KIND_BASE);
    if (sections.size() != 1 || sections.get(0).type() != Container.BASE) {
      throw new ModelFormatException(
          name, Container.HEADER_BYTES, "wanted exactly one section, a base");
    }
    return BaseCodec.decode(reader(file, name, sections.get(0)));
  }

  /** Reads a head file. */
  public static HeadModel readHead(Path file) throws IOException {
    return readHead(bytes(file), file.toString());
  }

  /** Reads a head file held in memory; {@code name} is for messages. */
  public static HeadModel readHead(byte[] file, String name) throws ModelFormatException {
    List<HeadModel> heads = new ArrayList<>();
    for (Container.Section section : sections(file, name, Container.KIND_HEAD)) {
      PayloadReader in = reader(file, name, section);
      if (section.type() == Container.CURV) {
        addCurve(heads, in);
      } else if (section.type() == Container.HEAD && heads.isEmpty()) {
        heads.add(HeadCodec.decode(in));
      } else {
        throw in.error(section.offset(), "a head file holds one head and nothing of a base");
      }
    }
    if (heads.isEmpty()) {
      throw new ModelFormatException(name, file.length, "has no head section");
    }
    return heads.get(0);
  }

  /** Returns the bundle of a base and its heads. */
  public static byte[] write(SoundModel model) {
    List<Container.Payload> payloads = new ArrayList<>();
    payloads.add(Container.Payload.base(model.base()));
    model.heads().forEach(head -> payloads.addAll(payloads(head)));
    return Container.write(Container.KIND_BUNDLE, payloads);
  }

  /** Returns a base file. */
  public static byte[] writeBase(BaseModel base) {
    return Container.write(Container.KIND_BASE, List.of(Container.Payload.base(base)));
  }

  /** Returns a head file. */
  public static byte[] writeHead(HeadModel head) {
    return Container.write(Container.KIND_HEAD, payloads(head));
  }

  /**
   * Writes a model folder; each file is replaced whole. Heads of other events that lie there
   * already stay, and reading will refuse them when the base has changed.
   */
  public static void write(SoundModel model, Path folder) throws IOException {
    Path heads = Files.createDirectories(folder.resolve(HEADS_FOLDER));
    replace(folder.resolve(BASE_FILE), writeBase(model.base()));
    for (HeadModel head : model.heads()) {
      replace(heads.resolve(head.event() + HEAD_SUFFIX), writeHead(head));
    }
  }

  private static void replace(Path file, byte[] bytes) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.write(part, bytes);
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static List<Path> headFiles(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    Path heads = folder.resolve(HEADS_FOLDER);
    if (Files.isDirectory(heads)) {
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(heads, "*" + HEAD_SUFFIX)) {
        stream.forEach(files::add);
      }
    }
    Collections.sort(files);
    return files;
  }

  /** A head and, behind it, its curve. */
  static List<Container.Payload> payloads(HeadModel head) {
    Container.Payload payload = Container.Payload.head(head);
    return head.curve() == null
        ? List.of(payload)
        : List.of(payload, Container.Payload.curve(head.curve()));
  }

  /** Gives the curve to the last head so far, whose section lies before it. */
  private static void addCurve(List<HeadModel> heads, PayloadReader in)
      throws ModelFormatException {
    int last = heads.size() - 1;
    if (last < 0 || heads.get(last).curve() != null) {
      throw in.error(
          in.position(), last < 0 ? "a curve before its head" : "a second curve of one head");
    }
    heads.set(last, heads.get(last).with(CurveCodec.decode(in)));
  }

  /** What makes a model; what makes a head an update is {@link HeadUpdate}'s. */
  private static List<Container.Section> sections(byte[] file, String name, int kind)
      throws ModelFormatException {
    List<Container.Section> sections = Container.read(file, name, kind);
    sections.removeIf(each -> each.type() == Container.GOLD || each.type() == Container.SIGN);
    return sections;
  }

  static PayloadReader reader(byte[] file, String name, Container.Section section) {
    return new PayloadReader(name, file, section.offset(), section.offset() + section.length());
  }

  private static byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(Container.MAX_FILE_BYTES + 1);
      if (bytes.length > Container.MAX_FILE_BYTES) {
        throw new ModelFormatException(
            file.toString(), Container.MAX_FILE_BYTES, "larger than any model file (64 MiB)");
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw new NoSuchFileException(file.toString(), null, "no such model file");
    }
  }
}
