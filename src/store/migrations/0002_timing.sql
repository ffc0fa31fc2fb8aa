-- When a post may go out: what a person said of its worth and of the approval's end, and posts that come again.

ALTER TABLE standfirst.post
  -- Set by a person; null: a while after its time, by its urgency.
  ADD COLUMN worthless_after timestamptz,
  -- The approval's latest time.
  ADD COLUMN approved_until  timestamptz,
  ADD COLUMN recurrence_id   text;

-- How publishing went on after it.
ALTER TABLE standfirst.hold ADD COLUMN resume text;

CREATE INDEX post_story ON standfirst.post (story_id) WHERE story_id IS NOT NULL;

-- An evergreen post that comes again at a wall time; `next_at` is the next time that has no post yet.
CREATE TABLE standfirst.recurrence (
  id         text PRIMARY KEY,
  post_id    text NOT NULL REFERENCES standfirst.post,
  revision   integer NOT NULL,
  account_id text NOT NULL REFERENCES standfirst.account,
  time       text NOT NULL,
  days       text[] NOT NULL,
  time_zone  text NOT NULL,
  next_at    timestamptz NOT NULL,
  ends_at    timestamptz,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  ended_by   text,
  ended_at   timestamptz
);
CREATE INDEX recurrence_next ON standfirst.recurrence (next_at) WHERE ended_at IS NULL;
