-- The line: article → summary → posts → attempts, and what people and processes need around it.
-- Instants are timestamptz. Ids are typed prefixes with a UUIDv7. One attempt may be open or successful per part: that
-- unique index is the lock that makes a second success impossible.

-- Every statement asks this function for the time, so that a test can step the clock of the whole installation.
CREATE FUNCTION standfirst.clock() RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT now()';

CREATE TABLE standfirst.setting (
  key        text PRIMARY KEY,
  value      jsonb NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE standfirst.source (
  id         text PRIMARY KEY,
  kind       text NOT NULL,
  name       text NOT NULL,
  url        text,
  settings   jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE standfirst.story (
  id            text PRIMARY KEY,
  title         text NOT NULL,
  canonical_url text,
  fingerprint   jsonb,
  urgency       text NOT NULL DEFAULT 'normal',
  embargo_until timestamptz,
  created_at    timestamptz NOT NULL DEFAULT now(),
  updated_at    timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX story_canonical_url ON standfirst.story (canonical_url) WHERE canonical_url IS NOT NULL;

-- One row per revision of a story's article; `request` is what was asked for, the rest is what ingest made of it.
CREATE TABLE standfirst.article (
  id           text PRIMARY KEY,
  story_id     text REFERENCES standfirst.story,
  source_id    text REFERENCES standfirst.source,
  revision     integer NOT NULL DEFAULT 1,
  state        text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'ready', 'refused')),
  request      jsonb NOT NULL,
  refusal      jsonb,
  url          text,
  title        text,
  text         text,
  lang         text,
  site_name    text,
  section      text,
  keywords     text[] NOT NULL DEFAULT '{}',
  authors      text[] NOT NULL DEFAULT '{}',
  description  text,
  published_at text,
  modified_at  text,
  image        jsonb,
  confidence   real,
  created_by   text,
  created_at   timestamptz NOT NULL DEFAULT now(),
  ingested_at  timestamptz
);
CREATE INDEX article_story ON standfirst.article (story_id, revision);
CREATE INDEX article_created ON standfirst.article (created_at DESC, id DESC);

-- What each step made of each article. The sweep rings again where the next row is missing.
CREATE TABLE standfirst.step (
  article_id text NOT NULL REFERENCES standfirst.article,
  name       text NOT NULL CHECK (name IN ('ingest', 'summarize', 'compose')),
  state      text NOT NULL CHECK (state IN ('done', 'failed')),
  tries      integer NOT NULL DEFAULT 1,
  problem    text,
  at         timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (article_id, name)
);

CREATE TABLE standfirst.summary (
  id         text PRIMARY KEY,
  article_id text NOT NULL REFERENCES standfirst.article,
  engine     text NOT NULL,
  version    text NOT NULL,
  lang       text NOT NULL,
  sentences  jsonb NOT NULL,
  hashtags   jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (article_id, engine, version)
);

CREATE TABLE standfirst.account (
  id               text PRIMARY KEY,
  network          text NOT NULL,
  name             text NOT NULL,
  remote_id        text,
  url              text,
  credentials      text NOT NULL,
  credentials_at   timestamptz NOT NULL DEFAULT now(),
  expires_at       timestamptz,
  state            text NOT NULL DEFAULT 'connected' CHECK (state IN ('connected', 'signed-out', 'paused', 'removed')),
  problem          jsonb,
  refusals_in_row  integer NOT NULL DEFAULT 0,
  blocked_until    timestamptz,
  limits           jsonb,
  settings         jsonb NOT NULL DEFAULT '{}',
  version          integer NOT NULL DEFAULT 1,
  created_at       timestamptz NOT NULL DEFAULT now(),
  updated_at       timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE standfirst.post (
  id            text PRIMARY KEY,
  account_id    text NOT NULL REFERENCES standfirst.account,
  network       text NOT NULL,
  story_id      text REFERENCES standfirst.story,
  article_id    text REFERENCES standfirst.article,
  state         text NOT NULL CHECK (state IN ('draft', 'in_review', 'approved', 'scheduled', 'publishing', 'published',
                                               'failed', 'unknown', 'stale', 'cancelled', 'superseded')),
  urgency       text NOT NULL DEFAULT 'normal',
  revision      integer NOT NULL DEFAULT 1,
  version       integer NOT NULL DEFAULT 1,
  approved_hash text,
  approved_by   text,
  approved_at   timestamptz,
  due_at        timestamptz,
  wake_at       timestamptz,
  wake          integer NOT NULL DEFAULT 0,
  stale_at      timestamptz,
  fence         integer NOT NULL DEFAULT 0,
  worker_id     text,
  claims        integer NOT NULL DEFAULT 0,
  tries         integer NOT NULL DEFAULT 0,
  failure       jsonb,
  published_at  timestamptz,
  lateness_ms   integer,
  url           text,
  reason        text,
  created_by    text,
  created_at    timestamptz NOT NULL DEFAULT now(),
  updated_at    timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX post_due ON standfirst.post (wake_at) WHERE state = 'scheduled';
CREATE INDEX post_open ON standfirst.post (state, updated_at) WHERE state IN ('publishing', 'unknown');
CREATE INDEX post_account ON standfirst.post (account_id, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX post_state_due ON standfirst.post (state, due_at, id);
CREATE INDEX post_article ON standfirst.post (article_id);
CREATE INDEX post_created ON standfirst.post (created_at DESC, id DESC);

CREATE TABLE standfirst.post_revision (
  post_id    text NOT NULL REFERENCES standfirst.post,
  n          integer NOT NULL,
  parts      jsonb NOT NULL,
  link       text,
  tags       text[] NOT NULL DEFAULT '{}',
  lang       text NOT NULL DEFAULT 'und',
  hash       text NOT NULL,
  author     text,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (post_id, n)
);

CREATE TABLE standfirst.attempt (
  id              text PRIMARY KEY,
  post_id         text NOT NULL REFERENCES standfirst.post,
  revision        integer NOT NULL,
  part            integer NOT NULL,
  n               integer NOT NULL,
  fence           integer NOT NULL,
  worker_id       text,
  request_hash    text NOT NULL,
  idempotency_key text NOT NULL,
  frozen          jsonb,
  phase           text NOT NULL CHECK (phase IN ('reserved', 'sent', 'published', 'refused', 'signed-out', 'limited', 'down',
                                                 'unknown', 'absent')),
  failure         jsonb,
  remote_id       text,
  url             text,
  extra           jsonb,
  started_at      timestamptz NOT NULL,
  sent_at         timestamptz,
  ended_at        timestamptz,
  checks          integer NOT NULL DEFAULT 0,
  check_at        timestamptz
);
CREATE UNIQUE INDEX attempt_one_open ON standfirst.attempt (post_id, part)
  WHERE phase IN ('reserved', 'sent', 'unknown', 'published');
CREATE INDEX attempt_check ON standfirst.attempt (check_at) WHERE phase = 'unknown';

-- `tx` lets a reader take only events whose transaction, and every earlier one, has ended: none is ever skipped.
CREATE TABLE standfirst.event (
  seq     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tx      xid8 NOT NULL DEFAULT pg_current_xact_id(),
  at      timestamptz NOT NULL DEFAULT now(),
  type    text NOT NULL,
  subject text NOT NULL,
  actor   text,
  data    jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX event_order ON standfirst.event (tx, seq);
CREATE INDEX event_subject ON standfirst.event (subject, seq);

CREATE TABLE standfirst.worker (
  id         text PRIMARY KEY,
  version    text NOT NULL,
  host       text NOT NULL,
  pid        integer NOT NULL,
  started_at timestamptz NOT NULL,
  seen_at    timestamptz NOT NULL,
  stopped_at timestamptz
);

CREATE TABLE standfirst.hold (
  id        text PRIMARY KEY,
  scope     text NOT NULL CHECK (scope IN ('all', 'network', 'account', 'word')),
  target    text,
  reason    text NOT NULL,
  placed_by text NOT NULL,
  placed_at timestamptz NOT NULL DEFAULT now(),
  lifted_by text,
  lifted_at timestamptz
);
CREATE INDEX hold_open ON standfirst.hold (scope) WHERE lifted_at IS NULL;

-- What our own network, the sandbox, was sent.
CREATE TABLE standfirst.timeline (
  id         text PRIMARY KEY,
  account_id text NOT NULL,
  key        text NOT NULL,
  text       text NOT NULL,
  card       jsonb,
  reply_to   text,
  created_at timestamptz NOT NULL DEFAULT now(),
  removed_at timestamptz,
  UNIQUE (account_id, key)
);
CREATE INDEX timeline_order ON standfirst.timeline (created_at DESC, id DESC);

CREATE TABLE standfirst.member (
  id         text PRIMARY KEY,
  name       text NOT NULL,
  role       text NOT NULL CHECK (role IN ('viewer', 'writer', 'editor', 'publisher', 'admin')),
  created_at timestamptz NOT NULL DEFAULT now(),
  removed_at timestamptz
);

CREATE TABLE standfirst.sign_in_link (
  token_hash text PRIMARY KEY,
  member_id  text NOT NULL REFERENCES standfirst.member,
  expires_at timestamptz NOT NULL,
  used_at    timestamptz
);

CREATE TABLE standfirst.session (
  token_hash text PRIMARY KEY,
  member_id  text NOT NULL REFERENCES standfirst.member,
  created_at timestamptz NOT NULL DEFAULT now(),
  seen_at    timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  ended_at   timestamptz
);

CREATE TABLE standfirst.api_key (
  id           text PRIMARY KEY,
  name         text NOT NULL,
  hash         text NOT NULL UNIQUE,
  scopes       text[] NOT NULL,
  is_test      boolean NOT NULL DEFAULT false,
  member_id    text REFERENCES standfirst.member,
  created_at   timestamptz NOT NULL DEFAULT now(),
  last_used_at timestamptz,
  expires_at   timestamptz,
  revoked_at   timestamptz
);

CREATE TABLE standfirst.idempotency (
  caller      text NOT NULL,
  key         text NOT NULL,
  fingerprint text NOT NULL,
  status      integer,
  headers     jsonb,
  body        text,
  created_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (caller, key)
);
CREATE INDEX idempotency_age ON standfirst.idempotency (created_at);
