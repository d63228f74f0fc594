/**
 * The whole chain replayed on recordings: the packaged command line, the model that ships, and the
 * launcher, with nothing in between replaced.
 */
package org.earshot.replay;
