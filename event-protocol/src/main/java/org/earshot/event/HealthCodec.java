package org.earshot.event;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Numbers about a device, as JSON. */
final class HealthCodec {
  private HealthCodec() {}

  static void write(HealthMessage message, JsonOutput out) throws IOException {
    out.moment("at", message.at());
    out.whole("uptimeSeconds", message.uptimeSeconds());
    out.whole("heapBytes", message.heapBytes());
    out.whole("outboxDepth", message.outboxDepth());
    out.whole("outboxBytes", message.outboxBytes());
    out.whole("droppedClips", message.droppedClips());
    out.whole("setAside", message.setAside());
    out.whole("connects", message.connects());
    out.whole("alerts", message.alerts());
    out.whole("suppressedClips", message.suppressedClips());
    out.objects(
        "microphones",
        message.microphones().stream()
            .<JsonOutput.Body>map(m -> inner -> write(m, inner))
            .toList());
  }

  private static void write(HealthMessage.Microphone microphone, JsonOutput out)
      throws IOException {
    out.text("name", microphone.name());
    out.text("state", microphone.state());
    out.real("rmsDbfs", microphone.rmsDbfs());
    out.real("peakDbfs", microphone.peakDbfs());
    out.whole("capturedSamples", microphone.capturedSamples());
    out.whole("droppedSamples", microphone.droppedSamples());
    out.whole("gapSamples", microphone.gapSamples());
    out.whole("reopens", microphone.reopens());
  }

  static HealthMessage read(JsonInput in) throws IOException {
    Instant at = null;
    Long uptimeSeconds = null;
    Long heapBytes = null;
    Integer outboxDepth = null;
    Long outboxBytes = null;
    Long droppedClips = null;
    Long setAside = null;
    Long connects = null;
    Long alerts = null;
    Long suppressedClips = null;
    List<HealthMessage.Microphone> microphones = null;
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "at" -> at = in.moment();
        case "uptimeSeconds" -> uptimeSeconds = in.count();
        case "heapBytes" -> heapBytes = in.count();
        case "outboxDepth" -> outboxDepth = in.integer(0, Integer.MAX_VALUE);
        case "outboxBytes" -> outboxBytes = in.count();
        case "droppedClips" -> droppedClips = in.count();
        case "setAside" -> setAside = in.count();
        case "connects" -> connects = in.count();
        case "alerts" -> alerts = in.count();
        case "suppressedClips" -> suppressedClips = in.count();
        case "microphones" ->
            microphones =
                in.list(
                    StateMessage.MAX_MICROPHONES, list -> list.object(HealthCodec::readMicrophone));
        default -> in.skip();
      }
    }
    return new HealthMessage(
        in.required("at", at),
        in.required("uptimeSeconds", uptimeSeconds),
        in.required("heapBytes", heapBytes),
        in.required("outboxDepth", outboxDepth),
        in.required("outboxBytes", outboxBytes),
        in.required("droppedClips", droppedClips),
        in.required("setAside", setAside),
        in.required("connects", connects),
        in.required("alerts", alerts),
        in.required("suppressedClips", suppressedClips),
        in.required("microphones", microphones));
  }

  private static HealthMessage.Microphone readMicrophone(JsonInput in) throws IOException {
    String name = null;
    String state = null;
    Double rmsDbfs = null;
    Double peakDbfs = null;
    Long capturedSamples = null;
    Long droppedSamples = null;
    Long gapSamples = null;
    Long reopens = null;
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "name" -> name = in.text();
        case "state" -> state = in.label();
        case "rmsDbfs" -> rmsDbfs = in.real(HealthMessage.MIN_DBFS, 0);
        case "peakDbfs" -> peakDbfs = in.real(HealthMessage.MIN_DBFS, 0);
        case "capturedSamples" -> capturedSamples = in.count();
        case "droppedSamples" -> droppedSamples = in.count();
        case "gapSamples" -> gapSamples = in.count();
        case "reopens" -> reopens = in.count();
        default -> in.skip();
      }
    }
    return new HealthMessage.Microphone(
        in.required("name", name),
        in.required("state", state),
        in.required("rmsDbfs", rmsDbfs),
        in.required("peakDbfs", peakDbfs),
        in.required("capturedSamples", capturedSamples),
        in.required("droppedSamples", droppedSamples),
        in.required("gapSamples", gapSamples),
        in.required("reopens", reopens));
  }
}
