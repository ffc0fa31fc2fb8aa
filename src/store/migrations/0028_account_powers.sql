-- What an account can do depends on how it is connected: an incoming webhook of Slack neither edits nor removes. Written at
-- connection and at every check; NULL where it can do all that its network can.
ALTER TABLE standfirst.account ADD COLUMN powers jsonb;
