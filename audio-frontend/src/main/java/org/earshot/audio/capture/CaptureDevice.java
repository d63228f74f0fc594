package org.earshot.audio.capture;

/**
 * A microphone that can be named in the configuration.
 *
 * @param index from 0, its place in the list
 * @param name what a source takes
 * @param description for people; may be empty, has no line breaks
 */
public record CaptureDevice(int index, String name, String description) {}
