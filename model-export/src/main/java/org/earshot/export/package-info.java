/** Makes the model that ships: int8 weights, decisions, parity, attributions; and the commands. */
package org.earshot.export;
