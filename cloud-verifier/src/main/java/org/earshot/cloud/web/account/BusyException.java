package org.earshot.cloud.web.account;

/** Too many passwords are being checked at this moment. */
public final class BusyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BusyException() {
    super("too many sign-ins at once; try again in a moment");
  }
}
