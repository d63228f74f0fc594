/**
 * What a device says about itself: health and metrics over loopback HTTP, life signs for systemd.
 */
package org.earshot.agent.health;
