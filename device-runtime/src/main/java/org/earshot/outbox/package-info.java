/**
 * The outbox: what the device has announced and the broker has not acknowledged yet, on disk.
 *
 * <p>What {@link org.earshot.outbox.Outbox#put} has returned for survives a kill, a crash and a
 * power cut (docs/uplink.md). It knows files and event ids; it does not know brokers or sounds.
 */
package org.earshot.outbox;
