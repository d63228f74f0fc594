package org.earshot.yamnet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One of YAMNet's 521 AudioSet classes that has a bearing on an Earshot event.
 *
 * @param index row of the class in {@code yamnet_class_map.csv} and of its score in the output
 *     tensor
 * @param displayName the name that the class map gives it
 */
public record YamnetClass(int index, String displayName) {

  /** Number of scores in YAMNet's output. Source: yamnet_class_map.csv, classification-tflite/1. */
  public static final int COUNT = 521;

  /**
   * Every class that some mapping to Earshot's events may want, in the order of the columns that a
   * table of scores has. Indices and names are those of {@code yamnet_class_map.csv}.
   */
  public static final List<YamnetClass> REPORTED =
      List.of(
          new YamnetClass(393, "Smoke detector, smoke alarm"),
          new YamnetClass(394, "Fire alarm"),
          new YamnetClass(382, "Alarm"),
          new YamnetClass(475, "Beep, bleep"),
          new YamnetClass(392, "Buzzer"),
          new YamnetClass(435, "Glass"),
          new YamnetClass(437, "Shatter"),
          new YamnetClass(464, "Breaking"),
          new YamnetClass(463, "Smash, crash"),
          new YamnetClass(436, "Chink, clink"),
          new YamnetClass(48, "Walk, footsteps"),
          new YamnetClass(348, "Door"),
          new YamnetClass(351, "Sliding door"),
          new YamnetClass(352, "Slam"),
          new YamnetClass(454, "Thump, thud"),
          new YamnetClass(353, "Knock"),
          new YamnetClass(354, "Tap"),
          new YamnetClass(20, "Baby cry, infant cry"),
          new YamnetClass(19, "Crying, sobbing"),
          new YamnetClass(21, "Whimper"),
          new YamnetClass(69, "Dog"),
          new YamnetClass(70, "Bark"),
          new YamnetClass(71, "Yip"),
          new YamnetClass(73, "Bow-wow"),
          new YamnetClass(390, "Siren"),
          new YamnetClass(391, "Civil defense siren"),
          new YamnetClass(317, "Police car (siren)"),
          new YamnetClass(318, "Ambulance (siren)"),
          new YamnetClass(319, "Fire engine, fire truck (siren)"));

  /**
   * All classes of a class map, as Google publishes it: a header, then index, machine id and name,
   * in quotation marks where it holds a comma.
   *
   * @throws IOException if the file cannot be read or does not list {@value #COUNT} classes in
   *     order
   */
  public static List<YamnetClass> read(Path classMap) throws IOException {
    List<YamnetClass> classes = new ArrayList<>();
    List<String> lines = Files.readAllLines(classMap);
    for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
      String[] cells = line.split(",", 3);
      if (cells.length < 3 || !cells[0].equals(Integer.toString(classes.size()))) {
        throw new IOException(classMap + ": expected class " + classes.size() + ", not " + line);
      }
      classes.add(new YamnetClass(classes.size(), cells[2].replace("\"", "")));
    }
    if (classes.size() != COUNT) {
      throw new IOException(classMap + " has " + classes.size() + " classes, not " + COUNT);
    }
    return classes;
  }
}
