/**
 * What the device answers to: modes, the events that count in each, delays, schedules, sensitivity.
 * No thread of its own: callers tell it the time. Knows neither detection nor delivery.
 */
package org.earshot.guard;
