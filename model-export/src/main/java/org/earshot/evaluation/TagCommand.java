package org.earshot.evaluation;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.earshot.dataset.Clip;
import org.earshot.dataset.ClipLibrary;
import org.earshot.dataset.ClipTags;
import org.earshot.dataset.Part;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code scripts/earshot tag}. */
@Command(
    name = "tag",
    description = "Write down what a teacher hears in each clip of a data folder, for 'train'.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class TagCommand implements Callable<Integer> {
  private static final String YAMNET = "yamnet";

  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "A folder with MANIFEST.csv, or in ESC-50's layout; may be given again.")
  private List<Path> data;

  @Option(
      names = "--peer",
      required = true,
      paramLabel = "NAME=PATH",
      description =
          "yamnet=FILE.tflite runs YAMNet over the clips; any other NAME=FILE.tsv reads a teacher's"
              + " scores of windows 0.48 s apart: filename, time and one column a class.")
  private Map<String, Path> peer;

  @Option(
      names = "--classes",
      paramLabel = "FILE",
      description =
          "YAMNet's class map, yamnet_class_map.csv, to have all of its classes (default: those that"
              + " have a bearing on an event).")
  private Path classes;

  @Option(
      names = "--benchmarks",
      paramLabel = "DIR",
      description = "Build folder of the benchmarks module, which runs YAMNet (default: found).")
  private Path benchmarks;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Tags: one row a clip, its path and class:score, tab-separated.")
  private Path out;

  @Override
  public Integer call() throws IOException {
    if (peer.size() != 1) {
      throw new ParameterException(spec.commandLine(), "tags are of one teacher: give one --peer");
    }
    ClipLibrary.load(data, false); // refuses folders that share a path
    Map<String, String> names = new LinkedHashMap<>(); // path of a clip -> its name in the scores
    List<EvaluationStream> clips = new ArrayList<>();
    for (Path folder : data) {
      for (Clip clip : ClipLibrary.load(folder, false).clips()) {
        if (clip.part() != Part.RIR) {
          EvaluationStream stream = stream(clip.path(), folder.resolve(clip.path()));
          names.put(clip.path(), stream.peerName());
          clips.add(stream);
        }
      }
    }
    ClipTags tags = ClipTagger.tags(scores(clips), names);
    tags.write(out);
    PrintWriter log = spec.commandLine().getErr();
    log.printf("tagged %d of %d clips in %s%n", tags.paths().size(), clips.size(), out);
    log.flush();
    return 0;
  }

  private PeerScores scores(List<EvaluationStream> clips) throws IOException {
    Map.Entry<String, Path> teacher = peer.entrySet().iterator().next();
    if (!teacher.getKey().equals(YAMNET)) {
      return PeerScores.read(teacher.getValue());
    }
    Path work = Files.createTempDirectory("earshot-tag");
    try {
      return YamnetProcess.run(teacher.getValue(), classes, benchmarks, clips, work);
    } finally {
      try (var files = Files.list(work)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(work);
    }
  }

  private static EvaluationStream stream(String name, Path file) {
    return new EvaluationStream(name, file, 0, List.of(), List.of(), List.of(), Map.of());
  }
}
