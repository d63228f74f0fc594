package org.earshot.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.earshot.dataset.Clip;
import org.earshot.dataset.ClipLibrary;
import org.earshot.dataset.ClipTags;
import org.earshot.dataset.Part;
import org.junit.jupiter.api.Test;

class TagSetTest {
  private final List<Clip> clips = new ArrayList<>();
  private final Map<String, Map<String, Float>> tags = new HashMap<>();

  @Test
  void classesOfEnoughRecordingsOfSeveralDataSetsAreTakenTheMostFrequentFirst() {
    add(30, 3, Part.TRAIN, "Quack", 0.3f);
    add(24, 4, Part.TRAIN, "Clang", 0.9f);
    add(24, 3, Part.TRAIN, "Bark", 0.9f);
    add(23, 3, Part.TRAIN, "Moo", 0.9f); // too few
    add(60, 2, Part.TRAIN, "Speech", 0.9f); // of too few data sets
    add(60, 4, Part.TRAIN, "Boom", 0.29f); // hardly heard
    add(60, 4, Part.VALIDATION, "Oink", 0.9f); // not for training
    add(60, 4, Part.TRAIN, "Silence", 0.9f); // no sound
    ClipTags all = ClipTags.of(tags);
    TagSet set = TagSet.of(all, ClipLibrary.of(clips));
    assertThat(set.classes()).containsExactly("Quack", "Bark", "Clang");
    assertThat(set.sha256()).isEqualTo(all.sha256());
  }

  @Test
  void manyClipsOfOneRecordingCountOnce() {
    for (int take = 0; take < 60; take++) {
      Clip clip = clip("take" + take, Part.TRAIN, "set" + take % 4, "one recording");
      clips.add(clip);
      tags.put(clip.path(), Map.of("Bark", 1f));
    }
    assertThat(TagSet.of(ClipTags.of(tags), ClipLibrary.of(clips)).classes()).isEmpty();
  }

  @Test
  void withoutTagsThereIsNoClass() {
    add(60, 4, Part.TRAIN, "Bark", 1);
    assertThat(TagSet.of(ClipTags.NONE, ClipLibrary.of(clips))).isEqualTo(TagSet.NONE);
  }

  private void add(int count, int datasets, Part part, String name, float score) {
    for (int i = 0; i < count; i++) {
      Clip clip = clip(name + i, part, "set" + i % datasets, name + i);
      clips.add(clip);
      tags.put(clip.path(), Map.of(name, score));
    }
  }

  private static Clip clip(String path, Part part, String dataset, String source) {
    return new Clip(path, "other", part, dataset, source, "CC0", new float[0]);
  }
}
