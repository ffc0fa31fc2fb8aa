-- What the newsroom has decided for all its accounts: one document, every version kept.
CREATE TABLE standfirst.house_rules (
  version    integer PRIMARY KEY,
  rules      jsonb NOT NULL,
  changed_by text NOT NULL,
  changed_at timestamptz NOT NULL
);
