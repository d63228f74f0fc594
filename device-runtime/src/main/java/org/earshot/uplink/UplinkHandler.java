package org.earshot.uplink;

import org.earshot.event.CommandMessage;
import org.earshot.event.VerdictMessage;

/**
 * What the uplink brings, and how it fares; called on the uplink's thread, one call at a time.
 *
 * <p>While a call lasts nothing new is sent: hand long work to another thread.
 */
public interface UplinkHandler {
  /** Somebody wants something. */
  void command(CommandMessage command);

  /** Somebody sends a head update: the bytes of its file, whatever they are. */
  void head(byte[] file);

  /** The verifier said something. */
  void verdict(VerdictMessage verdict);

  /** Something is wrong; told once, and again when the detail changes. */
  void problem(UplinkProblem problem, String detail);

  /** It is no longer wrong. */
  void cleared(UplinkProblem problem);
}
