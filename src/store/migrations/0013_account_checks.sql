-- When an account was last asked about on its network: once a day, because permissions are withdrawn and servers change
-- their limits.
ALTER TABLE standfirst.account ADD COLUMN checked_at timestamptz NOT NULL DEFAULT now();
