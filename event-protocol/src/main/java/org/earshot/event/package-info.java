/** Messages and topics that a device and what listens to it share. */
package org.earshot.event;
