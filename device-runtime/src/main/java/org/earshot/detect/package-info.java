/**
 * From posteriors to alerts: smoothing, hysteresis and one alert an event, with time as a sample
 * index (ADR 0006); before that the rhythm of beeps corrects the two alarms' logits (ADR 0014).
 * Needs java.base only, beside the front end's features.
 */
package org.earshot.detect;
