/**
 * Reads FLAC through jflac, guarded so that damaged streams end in one clear error (ADR 0003), and
 * writes it through java-flac-encoder (ADR 0018).
 */
package org.earshot.audio.flac;
