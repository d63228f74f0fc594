package org.earshot.cloud.web;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.earshot.cloud.store.DeviceRecord;
import org.earshot.cloud.web.account.Role;
import org.earshot.event.HealthMessage;
import org.earshot.event.ProblemMessage;
import org.earshot.event.StateMessage;
import org.earshot.model.HeadModel;
import org.earshot.model.OperatingCurve;

/** Devices, and what their sensitivities cost, as the API shows them. */
final class DeviceJson {
  private DeviceJson() {}

  static Map<String, Object> of(DeviceRecord device, Role role, Instant now) {
    StateMessage state = device.state();
    boolean live = state != null && state.live() != null && state.live().until().isAfter(now);
    return Json.object(
        "site",
        device.site(),
        "device",
        device.device(),
        "role",
        role,
        "seenAt",
        device.seenAt(),
        "online",
        state == null ? null : state.online(),
        "version",
        state == null ? null : state.version(),
        "model",
        state == null ? null : state.model(),
        "mode",
        state == null ? null : state.mode(),
        "panel",
        state == null ? null : state.panel(),
        "microphones",
        state == null ? List.of() : state.microphones(),
        "events",
        state == null ? List.of() : state.events(),
        "live",
        live ? Json.object("who", state.live().who(), "until", state.live().until()) : null,
        "siren",
        device.siren(),
        "sensitivities",
        new TreeMap<>(device.sensitivities()),
        "problems",
        device.problems() == null ? List.of() : problems(device.problems()),
        "health",
        device.health() == null ? null : health(device.health()));
  }

  private static List<Map<String, Object>> problems(ProblemMessage message) {
    return message.problems().stream()
        .map(
            problem ->
                Json.object(
                    "kind",
                    problem.kind(),
                    "source",
                    problem.source(),
                    "detail",
                    problem.detail(),
                    "since",
                    problem.since()))
        .toList();
  }

  private static Map<String, Object> health(HealthMessage health) {
    return Json.object(
        "at",
        health.at(),
        "uptimeSeconds",
        health.uptimeSeconds(),
        "heapBytes",
        health.heapBytes(),
        "outboxDepth",
        health.outboxDepth(),
        "outboxBytes",
        health.outboxBytes(),
        "droppedClips",
        health.droppedClips(),
        "setAside",
        health.setAside(),
        "connects",
        health.connects(),
        "alerts",
        health.alerts(),
        "suppressedClips",
        health.suppressedClips(),
        "microphones",
        health.microphones().stream()
            .map(
                microphone ->
                    Json.object(
                        "name",
                        microphone.name(),
                        "state",
                        microphone.state(),
                        "rmsDbfs",
                        microphone.rmsDbfs(),
                        "peakDbfs",
                        microphone.peakDbfs(),
                        "capturedSamples",
                        microphone.capturedSamples(),
                        "droppedSamples",
                        microphone.droppedSamples(),
                        "gapSamples",
                        microphone.gapSamples(),
                        "reopens",
                        microphone.reopens()))
            .toList());
  }

  /** What each sensitivity of a head costs, as {@code heads list} prints it; null where unknown. */
  static Map<String, Object> curve(HeadModel head) {
    OperatingCurve curve = head.curve();
    return Json.object(
        "event",
        head.event(),
        "version",
        head.version(),
        "negativeHours",
        curve == null ? null : (double) curve.negativeHours(),
        "events",
        curve == null ? null : curve.events(),
        "points",
        curve == null
            ? List.of()
            : curve.points().stream()
                .map(
                    point ->
                        Json.object(
                            "sensitivity",
                            point.sensitivity(),
                            "falseAlertsPerDay",
                            curve.falseAlertsPerDay(point),
                            "atMost",
                            curve.isBound(point),
                            "missRate",
                            curve.missRate(point)))
                .toList());
  }
}
