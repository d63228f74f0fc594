package org.earshot.uplink;

/** The broker has a message and gave it to nobody, since nobody subscribes to its topic. */
final class NobodyListensException extends Exception {
  private static final long serialVersionUID = 1;

  NobodyListensException(String topic) {
    super("nobody subscribes to " + topic);
  }
}
