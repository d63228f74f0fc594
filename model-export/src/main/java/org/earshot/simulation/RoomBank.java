package org.earshot.simulation;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** Rooms that a simulator shares between scenes, made on first use; thread-safe. */
final class RoomBank {
  /** A recorded response. */
  @SuppressWarnings("ArrayRecordComponent")
  record Recording(String name, float[] samples) {}

  private final RoomSimulator simulator;
  private final List<Recording> recordings;
  private final double nearestMetres;
  private final double farthestMetres;
  private final int simulated;
  private final long seed;
  private final ConcurrentHashMap<Integer, RoomResponse> rooms = new ConcurrentHashMap<>();

  RoomBank(
      Convolver convolver,
      List<Recording> recordings,
      int simulated,
      double nearestMetres,
      double farthestMetres,
      long seed) {
    this.simulator = new RoomSimulator(convolver);
    this.recordings = List.copyOf(recordings);
    this.simulated = simulated;
    this.nearestMetres = nearestMetres;
    this.farthestMetres = farthestMetres;
    this.seed = seed;
  }

  /** A room for one sound: one in seven is a recorded response where there are any. */
  RoomResponse draw(SceneRandom random) {
    boolean fromRecording = random.chance(1.0 / 7) && !recordings.isEmpty();
    int index =
        fromRecording ? simulated + random.below(3 * recordings.size()) : random.below(simulated);
    return rooms.computeIfAbsent(index, this::make);
  }

  private RoomResponse make(int index) {
    SceneRandom random = new SceneRandom(SceneRandom.mix(seed, index));
    if (index < simulated) {
      return simulator.draw(random, nearestMetres, farthestMetres);
    }
    Recording recording = recordings.get((index - simulated) % recordings.size());
    return simulator.recorded(recording.samples(), recording.name(), random);
  }
}
