-- Images, re-encoded when they came in. They are rows and not files: every process of every machine shares the database and
-- nothing else, one backup holds them, and an image and the posts that show it are written in one transaction.
CREATE TABLE standfirst.media (
  id         text PRIMARY KEY,
  type       text NOT NULL,
  width      integer NOT NULL,
  height     integer NOT NULL,
  size       integer NOT NULL,
  bytes      bytea NOT NULL,
  alt        text NOT NULL DEFAULT '',
  -- Where it came from, when it was fetched.
  source_url text,
  article_id text UNIQUE REFERENCES standfirst.article,
  version    integer NOT NULL DEFAULT 1,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
-- Compressed already.
ALTER TABLE standfirst.media ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- Which revision of which post shows it.
CREATE TABLE standfirst.media_use (
  media_id text NOT NULL REFERENCES standfirst.media,
  post_id  text NOT NULL REFERENCES standfirst.post,
  revision integer NOT NULL,
  PRIMARY KEY (media_id, post_id, revision)
);
