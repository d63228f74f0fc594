/** Reads and writes RIFF/WAVE, with every length checked before it is believed. */
package org.earshot.audio.wav;
