-- Who may see which home, and who is signed in. Columns named *_at are milliseconds since 1970.

CREATE TABLE account (
  name ${key} NOT NULL PRIMARY KEY,
  password TEXT NOT NULL, -- Argon2id, as a PHC string
  admin SMALLINT NOT NULL, -- 1: manages accounts and sites
  created_at BIGINT NOT NULL
);

CREATE TABLE account_site (
  account ${key} NOT NULL REFERENCES account (name),
  site ${key} NOT NULL,
  role TEXT NOT NULL, -- owner, viewer
  PRIMARY KEY (account, site)
);

CREATE TABLE web_session (
  token_hash ${key} NOT NULL PRIMARY KEY, -- SHA-256 of what the browser holds
  account ${key} NOT NULL REFERENCES account (name),
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  address TEXT NOT NULL,
  agent TEXT NOT NULL
);

CREATE INDEX web_session_by_account ON web_session (account);

-- One row. Updating it is the lock under which accounts change, and finished_at says that the first
-- administrator exists, so that no second one can be made with a code.
CREATE TABLE account_setup (
  id INTEGER NOT NULL PRIMARY KEY,
  finished_at BIGINT
);

INSERT INTO account_setup (id, finished_at) VALUES (1, NULL);

-- Codes that were printed at first runs; every process prints one of its own.
CREATE TABLE account_setup_code (
  code_hash ${key} NOT NULL PRIMARY KEY,
  created_at BIGINT NOT NULL
);
