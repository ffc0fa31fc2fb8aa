-- People, how they sign in, and what they are signed in with.

ALTER TABLE standfirst.member
  ADD COLUMN email         text,
  -- argon2id as a PHC string; null: none was set.
  ADD COLUMN password_hash text,
  ADD COLUMN password_at   timestamptz,
  -- First sign-in; null: invited, and has not come yet.
  ADD COLUMN joined_at     timestamptz,
  ADD COLUMN version       integer NOT NULL DEFAULT 1,
  ADD COLUMN updated_at    timestamptz NOT NULL DEFAULT now();
UPDATE standfirst.member SET joined_at = (SELECT min(created_at) FROM standfirst.session WHERE member_id = member.id);
CREATE UNIQUE INDEX member_name ON standfirst.member (lower(name)) WHERE removed_at IS NULL;
CREATE UNIQUE INDEX member_email ON standfirst.member (lower(email)) WHERE removed_at IS NULL;

ALTER TABLE standfirst.sign_in_link
  ADD COLUMN purpose text NOT NULL DEFAULT 'sign-in' CHECK (purpose IN ('sign-in', 'invitation', 'reset'));

ALTER TABLE standfirst.session ADD COLUMN id text, ADD COLUMN ip text, ADD COLUMN user_agent text;
UPDATE standfirst.session SET id = 'ses_' || gen_random_uuid();
ALTER TABLE standfirst.session ALTER COLUMN id SET NOT NULL;
CREATE UNIQUE INDEX session_id ON standfirst.session (id);
CREATE INDEX session_member ON standfirst.session (member_id) WHERE ended_at IS NULL;

CREATE TABLE standfirst.passkey (
  id            text PRIMARY KEY,
  member_id     text NOT NULL REFERENCES standfirst.member,
  name          text NOT NULL,
  credential_id text NOT NULL UNIQUE,
  public_key    bytea NOT NULL,
  -- Of its signatures; one that does not grow is a copy.
  counter       bigint NOT NULL,
  transports    text[] NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT now(),
  used_at       timestamptz
);
CREATE INDEX passkey_member ON standfirst.passkey (member_id);

-- A challenge is answered once, within minutes. `member_id` is whose passkey is being made; null: anybody signs in.
CREATE TABLE standfirst.passkey_challenge (
  hash       text PRIMARY KEY,
  member_id  text,
  expires_at timestamptz NOT NULL
);

-- A key that was rotated is still taken for a while.
ALTER TABLE standfirst.api_key ADD COLUMN previous_hash text, ADD COLUMN previous_until timestamptz;
CREATE INDEX api_key_previous ON standfirst.api_key (previous_hash) WHERE previous_hash IS NOT NULL;
