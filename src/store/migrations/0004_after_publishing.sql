-- What happens to a post that is out: removal, part by part; and what it cost, added up by account and month (UTC).
ALTER TABLE standfirst.attempt ADD COLUMN removed_at timestamptz;
ALTER TABLE standfirst.post ADD COLUMN removed_at timestamptz;

-- What each part cost, written in the statement that settles its attempt as published, so that it is counted once. Months
-- are added up when asked for: a row per month would make all posts of an account wait for each other.
CREATE TABLE standfirst.cost (
  attempt_id text PRIMARY KEY,
  account_id text NOT NULL,
  month      date NOT NULL,
  micro_usd  bigint NOT NULL
);
CREATE INDEX cost_month ON standfirst.cost (account_id, month) INCLUDE (micro_usd);
