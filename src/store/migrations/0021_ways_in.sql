-- Tries at a way in, counted over all processes of the installation: `who` is an address, a network or an account, for one limit.
CREATE TABLE standfirst.try (
  limit_name text NOT NULL,
  who        text NOT NULL,
  tries      integer NOT NULL,
  ends_at    timestamptz NOT NULL,
  PRIMARY KEY (limit_name, who)
);
CREATE INDEX try_ends_at ON standfirst.try (ends_at);

-- Who was not let in, until it is written down how often: the audit is told of the first, and of the number of the others.
CREATE TABLE standfirst.refused_entry (
  how      text NOT NULL,
  subject  text NOT NULL,
  network  text NOT NULL,
  -- The address of the first.
  ip       text NOT NULL,
  tries    integer NOT NULL,
  begun_at timestamptz NOT NULL,
  PRIMARY KEY (how, subject, network)
);
