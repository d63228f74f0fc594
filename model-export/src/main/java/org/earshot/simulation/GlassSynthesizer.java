package org.earshot.simulation;

import java.util.List;
import org.earshot.simulation.ActiveRegionFinder.Region;

/**
 * Breaking glass from the physics of things that hit each other: a pane or vessel that gives way,
 * then shards that ring as they part and as they reach the floor.
 *
 * <p>Every sound is drawn anew, from a drinking glass to a window. Its parts:
 *
 * <ul>
 *   <li>the blow: 4 to 9 damped modes from 0.25 to 0.6 of the shards' lowest frequency up to 6 kHz,
 *       30 ms at most, as a cracked pane no longer rings; a click of contact, and noise about 4 kHz
 *       for 10 to 60 ms while the cracks run;
 *   <li>40 to 600 shards, more of them the larger the pane, at exponentially distributed delays of
 *       50 to 370 ms on average. A shard is small and stiff: its three modes begin at 1 to 4 times
 *       0.98 to 3.84 kHz, are not harmonic (each 1.15 to 2.1 times the last) and last 3 to 50 ms,
 *       since it slides and jumps and is damped by what it touches. Strengths spread widely: most
 *       shards are tiny;
 *   <li>in seven of ten, 6 to 80 pieces that fall to the floor 0.15 to 0.6 s later.
 * </ul>
 *
 * <p>After the physically informed models of Cook (1997) and the modal ones of van den Doel and Pai
 * (1998), with parameters of our own. Normalised to its peak; scale it. Stateless.
 */
final class GlassSynthesizer {
  private static final double NYQUIST_HZ = 0.48 * Signal.SAMPLE_RATE_HZ;
  private static final double DECAY_TO = 5; // time constants until a mode is left off
  private static final double ONSET_SECONDS = 0.02;

  private GlassSynthesizer() {}

  static DrySound render(SceneRandom r) {
    float[] out = new float[Signal.samples(r.uniform(1.4, 2.6))];
    double size = r.uniform(0, 1); // a small glass to a window
    int shards = (int) r.logUniform(40, 220 + 380 * size);
    double spread = r.uniform(0.05, 0.12 + 0.25 * size); // seconds, time constant of the shards
    double lowHz = r.logUniform(1400, 3200) * (1.2 - 0.5 * size);
    // The blow itself, then the pane or vessel that gives way.
    Mode[] pane = body(r, r.between(4, 9), lowHz * r.uniform(0.25, 0.6), 6000, 0.03, 1.5);
    hit(out, ONSET_SECONDS, pane, r.uniform(0.3, 1), r.uniform(0.5, 2), r);
    burst(out, Signal.samples(ONSET_SECONDS), r.uniform(0.3, 1.5), r.uniform(0.01, 0.06), 4000, r);
    double end = 0.3;
    for (int i = 0; i < shards; i++) {
      double delay = -spread * Math.log(1 - r.uniform(0, 0.999));
      double strength = 0.35 * Math.exp(-0.5 * delay / spread) * Math.exp(0.7 * r.gaussian());
      shard(out, ONSET_SECONDS + 0.002 + delay, lowHz, strength, r);
      end = Math.max(end, strength > 0.08 ? delay : 0);
    }
    if (r.chance(0.7)) { // what falls to the floor
      double fall = r.uniform(0.15, 0.6);
      int pieces = (int) r.logUniform(6, 80);
      for (int i = 0; i < pieces; i++) {
        double delay = fall - 0.15 * Math.log(1 - r.uniform(0, 0.99));
        shard(out, ONSET_SECONDS + delay, lowHz, 0.25 * Math.exp(0.8 * r.gaussian() - delay), r);
        end = Math.max(end, Math.min(delay, fall + 0.3));
      }
    }
    Signal.scale(out, 0.9f / Math.max(1e-6f, Signal.peak(out)));
    Signal.fade(out, 8, Signal.samples(0.05));
    int to = Math.min(out.length, Signal.samples(end + 0.05));
    List<Region> episodes = List.of(new Region(Signal.samples(ONSET_SECONDS), to));
    return DrySound.plain("glass_break", "synthetic:glass", "glass", out, episodes);
  }

  private static void shard(float[] out, double seconds, double lowHz, double gain, SceneRandom r) {
    double hz = lowHz * r.logUniform(1, 4);
    double decay = r.logUniform(0.003, 0.05);
    int at = Signal.samples(seconds);
    for (int mode = 0; mode < 3; mode++) {
      ring(out, at, hz, gain * r.uniform(0.2, 1), decay, r);
      hz *= r.uniform(1.15, 2.1);
      decay *= 0.8;
    }
  }

  /** One way in which a body rings. */
  private record Mode(double hz, double gain, double decaySeconds) {}

  /** A body: its modes, lowest first, ever weaker and shorter upwards. */
  private static Mode[] body(
      SceneRandom r, int modes, double lowHz, double highHz, double longest, double tilt) {
    Mode[] body = new Mode[modes];
    double spread = Math.log(highHz / lowHz);
    for (int i = 0; i < modes; i++) {
      double place = (i + r.uniform(0, 1)) / modes;
      double hz = lowHz * Math.exp(spread * place);
      double gain = Math.exp(-tilt * place) * r.uniform(0.3, 1);
      double decay = longest * Math.pow(lowHz / hz, r.uniform(0.4, 0.8)) * r.uniform(0.6, 1.4);
      body[i] = new Mode(hz, gain, decay);
    }
    return body;
  }

  /** A blow: the body's modes, each a little different every time, and the click of contact. */
  private static void hit(
      float[] out, double seconds, Mode[] body, double gain, double click, SceneRandom r) {
    int at = Signal.samples(seconds);
    for (Mode mode : body) {
      double strength = gain * mode.gain * Math.exp(r.gaussian() * 0.25);
      ring(out, at, mode.hz * (1 + 0.004 * r.gaussian()), strength, mode.decaySeconds, r);
    }
    burst(out, at, gain * click, r.logUniform(0.0015, 0.008), r.logUniform(900, 5000), r);
  }

  private static void ring(
      float[] out, int at, double hz, double gain, double decaySeconds, SceneRandom r) {
    if (hz >= NYQUIST_HZ) {
      return;
    }
    // A damped sine by recursion: y = 2 d cos(w) y1 - d^2 y2.
    double omega = 2 * Math.PI * hz / Signal.SAMPLE_RATE_HZ;
    double damping = Math.exp(-1 / (decaySeconds * Signal.SAMPLE_RATE_HZ));
    double a = 2 * damping * Math.cos(omega);
    double b = damping * damping;
    double phase = r.uniform(0, 0.5);
    double y2 = gain * Math.sin(phase - omega) / damping;
    double y1 = gain * Math.sin(phase);
    int end = Math.min(out.length, at + Signal.samples(DECAY_TO * decaySeconds) + 2);
    for (int i = Math.max(0, at); i < end; i++) {
      out[i] += (float) y1;
      double y = a * y1 - b * y2;
      y2 = y1;
      y1 = y;
    }
  }

  /** Noise about a frequency that dies away. */
  private static void burst(
      float[] out, int at, double gain, double decaySeconds, double hz, SceneRandom r) {
    int length = Math.max(8, Signal.samples(DECAY_TO * decaySeconds));
    float[] noise = new float[length];
    for (int i = 0; i < length; i++) {
      double fade = Math.exp(-i / (decaySeconds * Signal.SAMPLE_RATE_HZ));
      noise[i] = (float) (gain * fade * r.gaussian());
    }
    Biquad.bandPass(Math.min(hz, 6500), r.uniform(0.4, 1.2)).apply(noise);
    Signal.add(out, at, noise, 1);
  }
}
