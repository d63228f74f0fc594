/** Sample rate conversion (ADR 0002). */
package org.earshot.audio.dsp;
