-- A connection in progress: a person is on the network's page of consent, or chooses among the accounts it offered.
CREATE TABLE standfirst.connection (
  token_hash text PRIMARY KEY,
  network    text NOT NULL,
  -- Who began it; a member has to be the one who ends it.
  actor      text NOT NULL,
  phase      text NOT NULL CHECK (phase IN ('asked', 'granted')),
  sealed     text NOT NULL,
  expires_at timestamptz NOT NULL
);
