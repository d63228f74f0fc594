/** Recorded audio as a stream of mono float samples: opens WAV and FLAC files by their content. */
package org.earshot.audio;
