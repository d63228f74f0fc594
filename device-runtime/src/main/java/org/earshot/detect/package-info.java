/**
 * From posteriors to alerts: smoothing, hysteresis and one alert an event, with time as a sample
 * index. Needs java.base only, beside the front end's features (ADR 0006).
 */
package org.earshot.detect;
