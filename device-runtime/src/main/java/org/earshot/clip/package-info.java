/**
 * What of a stream leaves the device: a ring of the last seconds, the cut around an alert, and a
 * budget of clips. Knows neither detection nor delivery; time is a sample index.
 */
package org.earshot.clip;
