package org.earshot.uplink;

/** What can be wrong with the uplink, each with a remedy of its own. */
public enum UplinkProblem {
  /** No broker answers at that address, or the connection broke. */
  UNREACHABLE,
  /** The broker does not accept the login or the client. */
  REFUSED,
  /** Certificates do not fit. */
  TLS,
  /** The broker does not let the device hear commands and verdicts. */
  DEAF,
  /** The broker refuses messages, clips or states. */
  ITEMS_REFUSED,
  /** The broker takes messages and nobody subscribes to them. */
  UNHEARD
}
