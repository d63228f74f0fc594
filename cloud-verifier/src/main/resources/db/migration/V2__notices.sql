-- What the owner is told: one row for each event and channel, which holds the newest text only.
-- Columns named *_at are milliseconds since 1970; flags are 0 or 1.

CREATE TABLE notices (
  site ${key} NOT NULL,
  id ${key} NOT NULL,
  channel ${key} NOT NULL,
  urgency SMALLINT NOT NULL,      -- 0 saves lives, 1 others, 2 withdrawals
  wanted INTEGER NOT NULL,        -- revision of what the owner should see, from 1
  told INTEGER NOT NULL,          -- revision that was delivered last; 0: none
  first_told INTEGER NOT NULL,    -- revision that was delivered first; 0: none
  claimed SMALLINT NOT NULL,      -- whether it was ever tried: the owner may have seen it
  withdrawn SMALLINT NOT NULL,    -- whether the event was deleted
  ended SMALLINT NOT NULL,        -- whether the end of the event is told
  standing TEXT NOT NULL,
  probability DOUBLE PRECISION,   -- null: no model said one
  verifier TEXT NOT NULL,
  message TEXT,                   -- the device's, as JSON; null once withdrawn
  queued_at BIGINT NOT NULL,      -- of this revision
  due_at BIGINT,                  -- next attempt, or when the holder's lease is over; null: none
  holder TEXT,                    -- who is trying; null: nobody
  failures INTEGER NOT NULL,      -- in a row
  problem TEXT,                   -- why the last attempt failed; with due_at null: why it was given up
  PRIMARY KEY (site, id, channel)
);

CREATE INDEX notices_due ON notices (channel, urgency, due_at) WHERE due_at IS NOT NULL;
