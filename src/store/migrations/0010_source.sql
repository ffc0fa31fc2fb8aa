-- Sources: where articles come from by themselves, and a decision for every item that they showed.
-- `next_at` is when a source is to be read; a poll moves it on before it asks, so that of two workers one reads, and one
-- that dies is followed by the next. `poll` names the alarm, as `wake` does for a post.
ALTER TABLE standfirst.source
  ADD COLUMN state         text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'paused', 'removed')),
  -- Why it is paused, in one sentence.
  ADD COLUMN reason        text,
  ADD COLUMN host          text,
  ADD COLUMN version       integer NOT NULL DEFAULT 1,
  ADD COLUMN poll          integer NOT NULL DEFAULT 0,
  ADD COLUMN next_at       timestamptz,
  -- Until when the worker that reads it has it for itself; no other source of its host is read meanwhile.
  ADD COLUMN busy_until    timestamptz,
  ADD COLUMN polled_at     timestamptz,
  ADD COLUMN baseline_at   timestamptz,
  ADD COLUMN http_status   integer,
  ADD COLUMN problem       text,
  ADD COLUMN note          text,
  ADD COLUMN failures      integer NOT NULL DEFAULT 0,
  ADD COLUMN failing_since timestamptz,
  ADD COLUMN polls         bigint NOT NULL DEFAULT 0,
  ADD COLUMN unchanged     bigint NOT NULL DEFAULT 0,
  -- What makes the next question cheap: address → ETag and Last-Modified.
  ADD COLUMN marks         jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN created_by    text,
  ADD COLUMN updated_at    timestamptz NOT NULL DEFAULT now();
CREATE INDEX source_due ON standfirst.source (next_at) WHERE state = 'active' AND next_at IS NOT NULL;
CREATE INDEX source_host ON standfirst.source (host) WHERE host IS NOT NULL;
CREATE UNIQUE INDEX source_url ON standfirst.source (kind, url) WHERE url IS NOT NULL AND state <> 'removed';

-- One row per item of a source: what was decided about it, and why. `guid` and `url_key` say that it is the same item again.
CREATE TABLE standfirst.decision (
  id           text PRIMARY KEY,
  source_id    text NOT NULL REFERENCES standfirst.source,
  guid         text,
  url_key      text,
  outcome      text NOT NULL CHECK (outcome IN ('accepted', 'duplicate', 'filtered', 'refused', 'baseline', 'over-cap')),
  -- The rule that filtered it.
  rule         text,
  -- One sentence.
  detail       text,
  article_id   text REFERENCES standfirst.article,
  -- The story it belongs to, or duplicates.
  story_id     text REFERENCES standfirst.story,
  url          text,
  title        text NOT NULL DEFAULT '',
  teaser       text,
  sections     text[] NOT NULL DEFAULT '{}',
  lang         text,
  published_at text,
  -- The feed's own text, where the page is not what is read.
  content      text,
  -- Characters of the article, once it was read.
  length       integer,
  -- Of what the item says without its dates: another one is a revision.
  hash         text NOT NULL,
  promoted_by  text,
  created_at   timestamptz NOT NULL DEFAULT now(),
  decided_at   timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX decision_guid ON standfirst.decision (source_id, guid) WHERE guid IS NOT NULL;
CREATE INDEX decision_url ON standfirst.decision (source_id, url_key) WHERE url_key IS NOT NULL;
CREATE INDEX decision_list ON standfirst.decision (source_id, id DESC);
CREATE INDEX decision_outcome ON standfirst.decision (source_id, outcome, id DESC);
CREATE INDEX decision_article ON standfirst.decision (article_id) WHERE article_id IS NOT NULL;
CREATE INDEX article_source ON standfirst.article (source_id, created_at) WHERE source_id IS NOT NULL;

-- A hub tells us when a feed has something new (WebSub).
CREATE TABLE standfirst.subscription (
  source_id    text PRIMARY KEY REFERENCES standfirst.source,
  hub          text NOT NULL,
  topic        text NOT NULL,
  -- Last part of the address that the hub calls.
  token        text NOT NULL UNIQUE,
  secret       text NOT NULL,
  state        text NOT NULL CHECK (state IN ('asked', 'active', 'denied')),
  asked_at     timestamptz NOT NULL,
  lease_until  timestamptz,
  delivered_at timestamptz,
  problem      text
);
