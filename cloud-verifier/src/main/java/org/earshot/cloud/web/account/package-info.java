/** Who may see what: accounts, passwords, sessions, and how fast anybody may guess. */
package org.earshot.cloud.web.account;
