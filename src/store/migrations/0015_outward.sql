-- What is told outside: webhooks and their deliveries, and notices to people.

-- How far a reader of the events has got: it takes what is after its cursor and moves it, in one transaction.
CREATE TABLE standfirst.event_reader (
  name   text PRIMARY KEY,
  cursor text NOT NULL
);
-- What happened before there was a reader is not told.
INSERT INTO standfirst.event_reader (name, cursor)
  SELECT 'notify', coalesce((SELECT tx::text || '-' || seq FROM standfirst.event ORDER BY tx DESC, seq DESC LIMIT 1), '0-0');

CREATE TABLE standfirst.endpoint (
  id            text PRIMARY KEY,
  url           text NOT NULL,
  events        text[] NOT NULL,
  secret        text NOT NULL,
  -- The secret before the last rotation: signs too, until then.
  old_secret    text,
  old_until     timestamptz,
  state         text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'paused', 'disabled', 'removed')),
  -- Why it was disabled.
  problem       text,
  failing_since timestamptz,
  version       integer NOT NULL DEFAULT 1,
  created_by    text NOT NULL,
  created_at    timestamptz NOT NULL
);

CREATE TABLE standfirst.delivery (
  id         text PRIMARY KEY,
  webhook_id text NOT NULL REFERENCES standfirst.endpoint,
  -- The event it tells of; null for a test. One event may be told in two ways.
  cursor     text,
  type       text NOT NULL,
  -- Byte for byte as it is sent, every time.
  payload    text NOT NULL,
  state      text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'failed')),
  -- In this round: a redelivery begins another.
  tries      integer NOT NULL DEFAULT 0,
  next_at    timestamptz NOT NULL,
  -- Somebody is at it until then.
  taken_until timestamptz,
  created_at timestamptz NOT NULL,
  ended_at   timestamptz,
  UNIQUE (webhook_id, cursor, type)
);
CREATE INDEX delivery_due ON standfirst.delivery (webhook_id, next_at, id) WHERE state = 'waiting';
CREATE INDEX delivery_of ON standfirst.delivery (webhook_id, id);

CREATE TABLE standfirst.delivery_try (
  delivery_id text NOT NULL REFERENCES standfirst.delivery ON DELETE CASCADE,
  n           integer NOT NULL,
  at          timestamptz NOT NULL,
  ms          integer NOT NULL,
  status      integer,
  -- The first kilobyte of the answer.
  response    text,
  problem     text,
  PRIMARY KEY (delivery_id, n)
);

-- One row for each cause, account and person told: told once, then counted for a while.
CREATE TABLE standfirst.notice (
  id         text PRIMARY KEY,
  key        text NOT NULL UNIQUE,
  kind       text NOT NULL,
  -- `mail`, or the account that takes the message.
  recipient  text NOT NULL,
  account_id text,
  cause      text,
  -- The last thing it was about.
  subject    text NOT NULL,
  detail     text,
  -- Since the last message.
  count      integer NOT NULL,
  tell_at    timestamptz,
  told_at    timestamptz,
  tries      integer NOT NULL DEFAULT 0
);
CREATE INDEX notice_due ON standfirst.notice (tell_at) WHERE tell_at IS NOT NULL;
