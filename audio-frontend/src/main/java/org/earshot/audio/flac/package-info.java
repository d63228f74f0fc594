/** Reads FLAC through jflac, guarded so that damaged streams end in one clear error (ADR 0003). */
package org.earshot.audio.flac;
