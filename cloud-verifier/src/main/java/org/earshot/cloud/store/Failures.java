package org.earshot.cloud.store;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says in one line what a database's error means and what to do. */
final class Failures {
  private Failures() {}

  /** Makes the exception for what went wrong with a database. */
  static StoreException of(String place, Throwable error) {
    SQLException sql = sqlError(error);
    String advice = sql == null ? text(error) : advice(sql);
    return new StoreException("database " + place + ": " + advice, error);
  }

  /** Whether trying again at once may help: another transaction was in the way. */
  static boolean isCollision(Throwable error) {
    SQLException sql = sqlError(error);
    return sql != null
        && !(sql instanceof SQLiteException)
        && ("40001".equals(sql.getSQLState()) || "40P01".equals(sql.getSQLState()));
  }

  /** The innermost error of the database among the causes; null when there is none. */
  private static SQLException sqlError(Throwable error) {
    SQLException found = null;
    int depth = 0;
    for (Throwable e = error; e != null && depth < 20; e = e.getCause(), depth++) {
      if (e instanceof SQLException sql) {
        found = sql;
      }
    }
    return found;
  }

  private static String advice(SQLException error) {
    return error instanceof SQLiteException sqlite
        ? sqlite(sqlite.getResultCode(), text(error))
        : server(error.getSQLState(), text(error));
  }

  private static String sqlite(SQLiteErrorCode code, String text) {
    return switch (SQLiteErrorCode.getErrorCode(code.code & 0xff)) { // the primary code
      case SQLITE_CORRUPT, SQLITE_NOTADB ->
          "the file is damaged, or no database; put it aside and restore a backup (" + text + ")";
      case SQLITE_FULL -> "the disk is full; make room";
      case SQLITE_READONLY, SQLITE_PERM ->
          "the file or its folder cannot be written; give this process the right to";
      case SQLITE_CANTOPEN ->
          "the file cannot be opened; the folder must exist and be writable (" + text + ")";
      case SQLITE_BUSY, SQLITE_LOCKED ->
          "another process keeps it locked; end what holds it open, or wait longer";
      case SQLITE_IOERR -> "the disk fails or is full; look at the system's log (" + text + ")";
      default -> text;
    };
  }

  private static String server(String state, String text) {
    String kind = state == null || state.length() < 2 ? "" : state.substring(0, 2);
    return switch (kind) {
      case "08" -> "the server cannot be reached; is it running, is the address right? " + text;
      case "28" -> "the server refuses the user or the password: " + text;
      case "3D" -> "the server has no such database; create it first: " + text;
      case "42" ->
          state.equals("42501") ? "the user lacks a right; grant it: " + text : "refused: " + text;
      case "53" -> "the server lacks disk, memory or connections: " + text;
      case "57" -> "the server is being stopped or started, or a statement took too long: " + text;
      default -> text;
    };
  }

  private static String text(Throwable error) {
    String message = error.getMessage();
    String text = message == null ? error.toString() : message;
    return text.lines().findFirst().orElse("").strip();
  }
}
