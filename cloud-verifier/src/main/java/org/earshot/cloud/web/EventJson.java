package org.earshot.cloud.web;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.earshot.cloud.store.Answer;
import org.earshot.cloud.store.ClipRecord;
import org.earshot.cloud.store.EventRecord;
import org.earshot.cloud.store.Judgement;
import org.earshot.event.EventMessage;
import org.earshot.event.Phase;

/** Events as the API shows them. */
final class EventJson {
  /** What is told at once and announced assertively. */
  private static final Set<String> LIFE_SAFETY = Set.of("smoke_alarm", "co_alarm");

  private final double preRollSeconds;

  EventJson(Duration clipPreRoll) {
    preRollSeconds = clipPreRoll.toMillis() / 1000.0;
  }

  Map<String, Object> of(EventRecord event) {
    EventMessage message = event.latest();
    return Json.object(
        "site",
        event.key().site(),
        "id",
        event.key().id().text(),
        "device",
        message.device(),
        "event",
        message.event(),
        "lifeSafety",
        LIFE_SAFETY.contains(message.event()),
        "ongoing",
        message.phase() != Phase.ENDED,
        "onset",
        message.onset(),
        "offset",
        message.offset(),
        "at",
        message.at(),
        "posterior",
        message.posterior(),
        "microphone",
        message.microphone(),
        "mode",
        message.mode(),
        "sensitivity",
        message.sensitivity(),
        "suppressedBefore",
        message.suppressedBefore(),
        "model",
        message.model(),
        "receivedAt",
        event.receivedAt(),
        "deadline",
        event.deadline(),
        "clipExpected",
        message.clipExpected(),
        "clip",
        event.clip() == null ? null : clip(event.clip(), message),
        "verification",
        event.verification(),
        "judgement",
        event.judgement() == null ? null : judgement(event.judgement()),
        "answer",
        event.answer() == null ? null : answer(event.answer()));
  }

  /**
   * Where the event lies in the clip follows from the devices' pre-roll: messages tell when it
   * began, and clips begin that much earlier.
   */
  private Map<String, Object> clip(ClipRecord clip, EventMessage message) {
    double seconds = clip.length().toMillis() / 1000.0;
    double from = Math.min(preRollSeconds, seconds);
    double until = seconds;
    if (message.offset() != null) {
      double lasted = Duration.between(message.onset(), message.offset()).toMillis() / 1000.0;
      until = Math.min(seconds, from + lasted);
    }
    return Json.object(
        "bytes",
        clip.bytes(),
        "seconds",
        seconds,
        "sha256",
        clip.sha256(),
        "detectedFromSeconds",
        from,
        "detectedUntilSeconds",
        until,
        "frequencyMarks",
        Spectrogram.frequencyMarks());
  }

  private static Map<String, Object> judgement(Judgement judgement) {
    return Json.object(
        "verdict",
        judgement.verdict(),
        "probability",
        judgement.probability(),
        "model",
        judgement.model(),
        "at",
        judgement.at(),
        "scores",
        judgement.scores().stream()
            .map(
                score ->
                    Json.object(
                        "model",
                        score.model(),
                        "label",
                        score.label(),
                        "probability",
                        score.probability()))
            .toList());
  }

  private static Map<String, Object> answer(Answer answer) {
    return Json.object(
        "answer", answer.kind(), "label", answer.label(), "user", answer.user(), "at", answer.at());
  }
}
