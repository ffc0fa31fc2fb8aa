-- What colleagues say about a story, and links by which somebody outside may read its posts before they go out.

CREATE TABLE standfirst.comment (
  id         text PRIMARY KEY,
  story_id   text NOT NULL REFERENCES standfirst.story,
  author     text NOT NULL,
  text       text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT standfirst.clock()
);
CREATE INDEX comment_story ON standfirst.comment (story_id, id);

-- The token stands in the link only; what is kept is its hash.
CREATE TABLE standfirst.share (
  id         text PRIMARY KEY,
  story_id   text NOT NULL REFERENCES standfirst.story,
  token_hash text NOT NULL UNIQUE,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT standfirst.clock(),
  expires_at timestamptz NOT NULL,
  ended_at   timestamptz
);
CREATE INDEX share_story ON standfirst.share (story_id, id);

-- Which posts had trouble: what the list of resolved failures asks.
CREATE INDEX attempt_failed ON standfirst.attempt (post_id) WHERE failure IS NOT NULL;
