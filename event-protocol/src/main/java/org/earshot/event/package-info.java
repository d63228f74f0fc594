/**
 * Messages and topics that a device and what listens to it share (docs/event-protocol.md).
 *
 * <p>Records with checked values, one codec between them and JSON, and the names of the topics. It
 * knows no broker, no device and no store; it needs a JSON tokenizer and nothing else.
 */
package org.earshot.event;
