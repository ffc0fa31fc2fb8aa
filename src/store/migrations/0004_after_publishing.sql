-- What happens to a post that is out: removal, part by part; and what it cost, added up by account and month (UTC).
ALTER TABLE standfirst.attempt ADD COLUMN removed_at timestamptz;
ALTER TABLE standfirst.post ADD COLUMN removed_at timestamptz;

-- One row per account and month, raised in the statement that settles an attempt as published.
CREATE TABLE standfirst.cost (
  account_id text NOT NULL REFERENCES standfirst.account,
  month      date NOT NULL,
  micro_usd  bigint NOT NULL,
  parts      integer NOT NULL,
  PRIMARY KEY (account_id, month)
);
