package org.earshot.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.earshot.model.EventLabels;

/** What each label of a data folder is good for: target, distractor, background or nothing. */
final class SoundCatalogue {
  /** Event labels in the order that the whole system uses. */
  static final List<String> TARGETS = EventLabels.STANDARD;

  /** Kinds of distractor, drawn before the label so that many small labels do not crowd out few. */
  enum Distractor {
    BEEP,
    IMPACT,
    VOICE,
    ORDINARY
  }

  private static final Map<String, String> BACKGROUND_CLASSES = backgrounds();

  private SoundCatalogue() {}

  static boolean isTarget(String label) {
    return TARGETS.contains(label);
  }

  /** Background class of a clip, or null when it is not used as background. */
  static String backgroundClass(String label) {
    return BACKGROUND_CLASSES.get(label);
  }

  /** Whether clips of this label are left out everywhere: mislabelled, game-like or undecidable. */
  static boolean isExcluded(String label) {
    return label.equals("fire_alarm") || label.equals("rir") || label.startsWith("other_default_");
  }

  /** Kind of distractor, or null when the label is none. */
  static Distractor distractor(String label) {
    if (isTarget(label)
        || isExcluded(label)
        || label.equals("background")
        || label.equals(SceneSpec.TAGGED)) { // drawn on their own
      return null;
    }
    return switch (label) {
      case "alarm_clock",
          "microwave",
          "appliance_beep",
          "medical_beep",
          "phone_ring",
          "ui_sound",
          "doorbell",
          "other_car_horn",
          "other_car_alarm" ->
          Distractor.BEEP;
      case "other_smash",
          "other_ceramic_break",
          "other_glass_hit",
          "other_metal_plate",
          "other_kitchen_plates",
          "other_kitchen_clean_dishes",
          "other_kitchen_cutlery",
          "other_kitchen_cupboard",
          "other_kitchen_drawer",
          "other_kitchen_book",
          "other_kitchen_chopping",
          "other_drawer",
          "other_floor_impact",
          "other_keysDrop",
          "other_can_opening",
          "other_clapping",
          "other_pop_cork",
          "other_impact",
          "other_explosion",
          "door_creak",
          "door_open" ->
          Distractor.IMPACT;
      case "speech",
          "other_laughing",
          "other_laughter",
          "other_cat",
          "other_cough",
          "other_coughing",
          "other_sneezing",
          "other_clearthroat",
          "other_snoring",
          "other_breathing",
          "other_animal",
          "other_voice" ->
          Distractor.VOICE;
      default -> Distractor.ORDINARY;
    };
  }

  /**
   * Weight of a distractor's label within its kind: what homes hear most, and what misleads most.
   */
  static double distractorWeight(String label) {
    return switch (label) {
      case "speech" -> 5;
      case "music",
          "alarm_clock",
          "microwave",
          "phone_ring",
          "ui_sound",
          "door_creak",
          "other_floor_impact",
          "other_kitchen_drawer",
          "other_kitchen_plates",
          "other_kitchen_clean_dishes" ->
          2;
      case "other_car_alarm", "other_pop_cork", "other_metal_plate" -> 0.3;
      default -> 1;
    };
  }

  /** Targets for which a distractor is neither right nor wrong. */
  static List<String> dontCare(String label, String path) {
    String name = path.toLowerCase(Locale.ROOT);
    List<String> labels = new ArrayList<>();
    switch (label) {
      case "door_open", "other_kitchen_cupboard" -> labels.add("door_close");
      case "other_glass_hit", "other_ceramic_break" -> labels.add("glass_break");
      case "other_car_alarm" -> labels.add("siren");
      case "other_smash" -> {
        if (name.contains("door_")) {
          labels.add("door_knock");
          labels.add("door_close");
        }
        if (name.contains("glass") || name.contains("vehicle")) {
          labels.add("glass_break");
        }
      }
      default -> {}
    }
    return labels;
  }

  /** How far apart two parts of one event may be, and how deep its decay reaches. */
  static ActiveRegionFinder regionFinder(String label) {
    return switch (label) {
      case "smoke_alarm" -> new ActiveRegionFinder(2.2, 24);
      case "siren" -> new ActiveRegionFinder(1.5, 30);
      case "baby_cry" -> new ActiveRegionFinder(0.9, 30);
      case "footsteps" -> new ActiveRegionFinder(0.9, 26);
      case "door_knock" -> new ActiveRegionFinder(0.7, 26);
      case "dog_bark" -> new ActiveRegionFinder(0.6, 27);
      case "glass_break" -> new ActiveRegionFinder(0.6, 36);
      case "door_close" -> new ActiveRegionFinder(0.5, 27);
      default -> new ActiveRegionFinder(0.6, 32);
    };
  }

  private static Map<String, String> backgrounds() {
    Map<String, String> classes = new HashMap<>();
    for (String kitchen :
        List.of(
            "boiling_water",
            "frying_pan",
            "dishwasher",
            "stove_burner",
            "water_flowing",
            "clean_dishes",
            "eat",
            "peel",
            "sweep",
            "chopping")) {
      classes.put("other_kitchen_" + kitchen, "kitchen");
    }
    for (String appliance :
        List.of(
            "other_vacuum_cleaner",
            "other_washing_machine",
            "other_kitchen_stove_fan",
            "other_kitchen_fridge",
            "other_kitchen_blender",
            "other_kitchen_juicer")) {
      classes.put(appliance, "appliance");
    }
    for (String weather : List.of("other_rain", "other_wind", "other_thunderstorm")) {
      classes.put(weather, "weather");
    }
    for (String outdoor : List.of("other_chirping_birds", "other_engine")) {
      classes.put(outdoor, "outdoor");
    }
    for (String room :
        List.of(
            "background",
            "other_breathing",
            "other_clock_tick",
            "other_keyboard_typing",
            "other_keyboard",
            "other_crackling_fire",
            "other_water_drops")) {
      classes.put(room, "room");
    }
    classes.put("music", "music");
    classes.put("speech", "speech");
    return Map.copyOf(classes);
  }
}
