-- The history. Columns named *_at are milliseconds since 1970; flags are 0 or 1.
-- One script for SQLite and PostgreSQL: what differs is filled in when it runs.
--   key       text that is compared byte by byte
--   bytes     any bytes
--   identity  a number that the database counts up, as primary key

CREATE TABLE events (
  site ${key} NOT NULL,
  id ${key} NOT NULL,
  device ${key} NOT NULL,
  event ${key} NOT NULL,
  phase TEXT NOT NULL,
  message_at BIGINT NOT NULL,
  onset_at BIGINT NOT NULL,
  offset_at BIGINT,
  posterior DOUBLE PRECISION NOT NULL,
  microphone TEXT NOT NULL,
  mode TEXT NOT NULL,
  sensitivity INTEGER NOT NULL,
  clip_expected SMALLINT NOT NULL,
  suppressed_before INTEGER NOT NULL,
  model TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  deadline_at BIGINT NOT NULL,
  urgent SMALLINT NOT NULL,
  verification TEXT NOT NULL,
  worker TEXT,          -- who has it, while CLAIMED
  free_at BIGINT,       -- from when on a worker may claim it; null: never
  gave_up TEXT,         -- why it cannot be verified
  verdict TEXT,
  probability DOUBLE PRECISION,
  verifier TEXT,
  judged_at BIGINT,
  scores TEXT,          -- JSON: [model, label, probability, ...]
  answer TEXT,
  answer_label TEXT,
  answer_user TEXT,
  answered_at BIGINT,
  PRIMARY KEY (site, id)
);

CREATE INDEX events_by_onset ON events (site, onset_at DESC, id DESC);
CREATE INDEX events_by_receipt ON events (received_at);
CREATE INDEX events_to_verify ON events (urgent DESC, received_at, id) WHERE free_at IS NOT NULL;
CREATE INDEX events_to_judge ON events (deadline_at) WHERE verdict IS NULL;

-- A clip may come before its event, and without one.
CREATE TABLE clips (
  site ${key} NOT NULL,
  id ${key} NOT NULL,
  device ${key} NOT NULL,
  bytes BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  length_millis BIGINT NOT NULL,
  stored_at BIGINT NOT NULL,
  PRIMARY KEY (site, id)
);

CREATE INDEX clips_by_age ON clips (stored_at);

-- What was deleted: nothing but the id, so that it cannot come back.
CREATE TABLE tombstones (
  site ${key} NOT NULL,
  id ${key} NOT NULL,
  onset_at BIGINT NOT NULL,
  deleted_at BIGINT NOT NULL,
  PRIMARY KEY (site, id)
);

CREATE INDEX tombstones_by_age ON tombstones (deleted_at);

-- Deletions that are not finished: sound that may still lie in the clip store, devices not told.
CREATE TABLE removals (
  site ${key} NOT NULL,
  id ${key} NOT NULL,
  device ${key} NOT NULL,
  sound_gone SMALLINT NOT NULL,
  device_told SMALLINT NOT NULL,
  tries INTEGER NOT NULL,
  next_at BIGINT NOT NULL,
  asked_at BIGINT NOT NULL,
  PRIMARY KEY (site, id)
);

CREATE INDEX removals_due ON removals (next_at);

-- Sound in the clip store that no row describes, and since when that is known.
CREATE TABLE orphans (
  site ${key} NOT NULL,
  id ${key} NOT NULL,
  seen_at BIGINT NOT NULL,
  PRIMARY KEY (site, id)
);

-- What changed, in order, for live views. xid: the transaction, on PostgreSQL (ADR 0023); else 0.
CREATE TABLE changes (
  position BIGINT NOT NULL PRIMARY KEY,
  xid BIGINT NOT NULL,
  site ${key} NOT NULL,
  id ${key} NOT NULL,
  kind TEXT NOT NULL,
  changed_at BIGINT NOT NULL
);

CREATE INDEX changes_by_age ON changes (changed_at);

CREATE TABLE counters (
  name ${key} NOT NULL PRIMARY KEY,
  number BIGINT NOT NULL
);

INSERT INTO counters (name, number) VALUES ('change', 0);
INSERT INTO counters (name, number) VALUES ('set_aside', 0);

CREATE TABLE devices (
  site ${key} NOT NULL,
  device ${key} NOT NULL,
  state TEXT,
  state_at BIGINT,
  problems TEXT,
  problems_at BIGINT,
  health TEXT,
  health_at BIGINT,
  siren SMALLINT,
  siren_at BIGINT,
  seen_at BIGINT NOT NULL,
  PRIMARY KEY (site, device)
);

CREATE TABLE sensitivities (
  site ${key} NOT NULL,
  device ${key} NOT NULL,
  event ${key} NOT NULL,
  sensitivity INTEGER NOT NULL,
  set_at BIGINT NOT NULL,
  PRIMARY KEY (site, device, event),
  FOREIGN KEY (site, device) REFERENCES devices (site, device) ON DELETE CASCADE
);

CREATE TABLE audit_lines (
  line ${identity},
  at BIGINT NOT NULL,
  site ${key} NOT NULL,
  who TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL
);

CREATE INDEX audit_lines_by_site ON audit_lines (site, line DESC);

CREATE TABLE set_aside (
  line ${identity},
  at BIGINT NOT NULL,
  topic TEXT NOT NULL,
  reason TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  payload ${bytes} NOT NULL
);
