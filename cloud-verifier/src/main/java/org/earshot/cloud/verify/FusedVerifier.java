package org.earshot.cloud.verify;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.earshot.audio.AudioFiles;
import org.earshot.audio.feature.FeatureSpec;
import org.earshot.cloud.store.ModelScore;
import org.earshot.event.EventMessage;
import org.earshot.event.Verdict;
import org.earshot.verifier.Fusion;
import org.earshot.verifier.VerifierFile;
import org.earshot.verifier.VerifierModel;
import org.earshot.verifier.VerifierNetwork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shipped model's opinion, fused with the device's posterior and, where it is there, YAMNet's.
 *
 * <p>Weights and thresholds for each event are those of a {@link Fusion}; an event without a row is
 * {@code UNSURE}. YAMNet is a help and no condition: when it fails, the row without it holds. A
 * shorter clip than the model takes is padded with silence. Thread-safe.
 */
public final class FusedVerifier implements Verifier, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FusedVerifier.class);
  private static final int SHOWN = 5; // scores of a model
  private static final int SHORTEST_SAMPLES =
      (int) Math.ceil(VerifierNetwork.SHORTEST_SECONDS * AudioFiles.SAMPLE_RATE_HZ);

  private final VerifierNetwork network;
  private final Fusion fusion;
  private final YamnetVerifier yamnet; // null without it
  private final String networkName;
  private volatile boolean yamnetFailed; // told once

  /**
   * Fuses.
   *
   * @param networkName of the shipped model, for people
   * @param yamnet null for none; closed with this
   */
  public FusedVerifier(
      VerifierNetwork network, String networkName, Fusion fusion, YamnetVerifier yamnet) {
    this.network = network;
    this.networkName = networkName;
    this.fusion = fusion;
    this.yamnet = yamnet;
  }

  /**
   * Opens the shipped model and its fusion.
   *
   * @param folder with {@code verifier.esv} and {@code fusion.tsv}
   * @param yamnet YAMNet's file; null for none
   * @throws IOException when a file cannot be read, or the fusion is another model's
   */
  public static FusedVerifier open(Path folder, Path yamnet) throws IOException {
    VerifierModel model = VerifierFile.read(folder.resolve(VerifierFile.NAME));
    Fusion fusion = Fusion.read(folder.resolve(Fusion.NAME));
    String fingerprint = VerifierFile.fingerprint(model);
    if (!fusion.verifier().equals(fingerprint)) {
      throw new IOException(
          folder.resolve(Fusion.NAME)
              + " is of the verifier "
              + fusion.verifier()
              + ", not "
              + fingerprint
              + "; take both from one release");
    }
    VerifierNetwork network;
    try {
      network = new VerifierNetwork(model, FeatureSpec.standard());
    } catch (IllegalArgumentException e) {
      throw new IOException(folder.resolve(VerifierFile.NAME) + ": " + e.getMessage(), e);
    }
    return new FusedVerifier(
        network,
        "verifier-" + fingerprint,
        fusion,
        yamnet == null ? null : new YamnetVerifier(yamnet));
  }

  @Override
  public String model() {
    return yamnet == null ? networkName : networkName + " + " + yamnet.model();
  }

  @Override
  public Opinion judge(float[] samples, EventMessage event) {
    float[] clip =
        samples.length >= SHORTEST_SAMPLES ? samples : Arrays.copyOf(samples, SHORTEST_SAMPLES);
    float[] probabilities = network.probabilities(clip);
    Map<String, Double> scores = new HashMap<>();
    List<ModelScore> shown = new ArrayList<>();
    List<String> events = network.events();
    for (int i = 0; i < probabilities.length; i++) {
      if (events.get(i).equals(event.event())) {
        scores.put(Fusion.VERIFIER, (double) probabilities[i]);
      }
      shown.add(new ModelScore(networkName, events.get(i), probabilities[i]));
    }
    shown.sort(Comparator.comparingDouble(ModelScore::probability).reversed());
    shown.subList(Math.min(SHOWN, shown.size()), shown.size()).clear();
    scores.put(Fusion.DEVICE, event.posterior());
    askYamnet(clip, event.event(), scores, shown);
    shown.sort(Comparator.comparingDouble(ModelScore::probability).reversed());
    return opinion(event.event(), scores, shown);
  }

  private Opinion opinion(String event, Map<String, Double> scores, List<ModelScore> shown) {
    Optional<Fusion.Fused> fused = fusion.judge(event, scores);
    if (fused.isEmpty()) {
      return new Opinion(Verdict.UNSURE, scores.getOrDefault(Fusion.VERIFIER, 0.0), shown);
    }
    Verdict verdict = Verdict.UNSURE;
    if (fused.get().isConfirmed()) {
      verdict = Verdict.CONFIRMED;
    } else if (fused.get().isRejected()) {
      verdict = Verdict.REJECTED;
    }
    return new Opinion(verdict, fused.get().probability(), shown);
  }

  private void askYamnet(
      float[] clip, String event, Map<String, Double> scores, List<ModelScore> shown) {
    List<String> classes = fusion.yamnetClasses(event);
    if (yamnet == null || classes.isEmpty()) {
      return;
    }
    try {
      YamnetVerifier.Heard heard = yamnet.hear(clip);
      scores.put(Fusion.YAMNET, heard.highest(classes));
      shown.addAll(heard.shown(SHOWN));
    } catch (RuntimeException e) {
      if (!yamnetFailed) {
        yamnetFailed = true;
        LOG.warn("YAMNet fails; verdicts are made without it", e);
      }
    }
  }

  @Override
  public void close() {
    if (yamnet != null) {
      yamnet.close();
    }
  }
}
