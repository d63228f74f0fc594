package org.earshot.simulation;

/**
 * Conditions of a scene, as plain words for tables and reports.
 *
 * @param backgroundClass kitchen, appliance, weather, outdoor, room, music, speech or synthetic
 * @param ratio event-to-background ratio of the first event in dB, or "none"
 * @param distance distance class of the first event: near, mid, far or none
 * @param room description of the first event's room, or "none"
 * @param alarmKind cadence of the first alarm or near miss, or "none"
 * @param degradation microphone, codec and clipping
 */
public record SceneInfo(
    String backgroundClass,
    String ratio,
    String distance,
    String room,
    String alarmKind,
    String degradation) {}
