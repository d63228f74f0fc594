package org.earshot.cloud.store;

import java.util.function.Supplier;

/** Values that the first process of an installation makes and all others take. */
public final class Installation {
  private final Database database;

  /** Makes a view of a database. */
  public Installation(Database database) {
    this.database = database;
  }

  /**
   * Returns a value, made now when there is none.
   *
   * @param name of the value
   * @param first makes it; the value of whichever process comes first is everybody's
   */
  public String value(String name, Supplier<String> first) {
    String made = first.get();
    return database.write(
        handle -> {
          handle
              .createUpdate(
                  "INSERT INTO installation (name, content) VALUES (:name, :content)"
                      + " ON CONFLICT (name) DO NOTHING")
              .bind("name", name)
              .bind("content", made)
              .execute();
          return handle
              .createQuery("SELECT content FROM installation WHERE name = :name")
              .bind("name", name)
              .mapTo(String.class)
              .one();
        });
  }
}
