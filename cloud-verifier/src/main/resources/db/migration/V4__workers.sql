-- What workers know of each other. Columns named *_at are milliseconds since 1970.

-- Sessions at the broker, each attended to by one worker: unacknowledged messages lie there. One
-- that was not seen for a while is taken over by another worker, which empties and ends it.
CREATE TABLE broker_sessions (
  client_id ${key} NOT NULL PRIMARY KEY,
  worker ${key} NOT NULL,
  seen_at BIGINT NOT NULL
);

-- How often a clip was tried and no verdict came of it, by all workers together: a clip that ends
-- the process that judges it must not do so for ever.
CREATE TABLE verification_attempts (
  site ${key} NOT NULL,
  id ${key} NOT NULL,
  attempts INTEGER NOT NULL,
  tried_at BIGINT NOT NULL,
  PRIMARY KEY (site, id)
);

CREATE INDEX verification_attempts_by_age ON verification_attempts (tried_at);
