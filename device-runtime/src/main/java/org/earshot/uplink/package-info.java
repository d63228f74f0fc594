/**
 * The uplink: carries the outbox, the retained states and Home Assistant's discovery to an MQTT 5
 * broker, and commands and verdicts back (docs/uplink.md).
 *
 * <p>It knows the outbox and the messages; it does not know sounds, microphones or guard modes.
 */
package org.earshot.uplink;
