/**
 * The verifier: a model of over a million weights that hears a whole clip, before and after the
 * event alike, and says how likely each event is in it. Its file, its inference in plain Java, and
 * the fusion of its opinion with others'. Needs the features of {@code audio-frontend} only.
 */
package org.earshot.verifier;
