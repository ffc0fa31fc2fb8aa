-- What happens when an article changes after its posts were written: corrections of those that are out, pages that are looked
-- at again, and holds of a story whose page is gone.

-- A published post that this one answers.
ALTER TABLE standfirst.post ADD COLUMN reply_to text REFERENCES standfirst.post;

CREATE TABLE standfirst.correction (
  id         text PRIMARY KEY,
  story_id   text NOT NULL REFERENCES standfirst.story,
  -- The revision that its posts do not say yet.
  article_id text NOT NULL REFERENCES standfirst.article,
  state      text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'carrying-out', 'done')),
  created_at timestamptz NOT NULL DEFAULT now(),
  chosen_by  text,
  chosen_at  timestamptz,
  -- Counts the decisions, and names the job of each.
  round      integer NOT NULL DEFAULT 0,
  -- Until when the worker that carries it out has it for itself.
  busy_until timestamptz,
  done_at    timestamptz
);
CREATE UNIQUE INDEX correction_open ON standfirst.correction (story_id) WHERE state <> 'done';
CREATE INDEX correction_state ON standfirst.correction (state, id DESC);

CREATE TABLE standfirst.correction_post (
  correction_id text NOT NULL REFERENCES standfirst.correction,
  post_id       text NOT NULL REFERENCES standfirst.post,
  -- What the post would say.
  content       jsonb NOT NULL,
  -- What its network can do, the best first.
  options       text[] NOT NULL,
  choice        text,
  state         text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'chosen', 'done', 'failed')),
  -- Why it failed, in one sentence.
  problem       text,
  -- The post that replaces or answers it.
  new_post_id   text REFERENCES standfirst.post,
  done_at       timestamptz,
  PRIMARY KEY (correction_id, post_id)
);

-- When the page of an article is looked at again, and whether it was kept from search engines when it was first read.
ALTER TABLE standfirst.article ADD COLUMN watch_at timestamptz, ADD COLUMN is_noindex boolean NOT NULL DEFAULT false;
CREATE INDEX article_watch ON standfirst.article (watch_at) WHERE watch_at IS NOT NULL;

ALTER TABLE standfirst.hold DROP CONSTRAINT hold_scope_check;
ALTER TABLE standfirst.hold ADD CONSTRAINT hold_scope_check CHECK (scope IN ('all', 'network', 'account', 'word', 'story'));
