/**
 * What the device does by itself: siren, a program of the owner's, live listening with its chime.
 * Needs no network, knows neither detection nor delivery. Only {@code JavaSoundOutput} needs
 * java.desktop.
 */
package org.earshot.answer;
