/**
 * The trained model as immutable values, and the versioned binary file that carries it. Needs
 * java.base only.
 *
 * <p>docs/model-format.md describes the file byte by byte; ADR 0004 says why it looks so.
 */
package org.earshot.model;
