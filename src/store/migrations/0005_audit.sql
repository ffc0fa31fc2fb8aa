-- Who did what, from where. Written by a trigger in the transaction of the event itself, so that no verb can forget it, also
-- not one that writes its events in SQL. Rows are linked to a chain of hashes afterwards, outside of every request.

-- SHA-256 of what was before and after the change, where the verb gives it.
ALTER TABLE standfirst.event ADD COLUMN before text, ADD COLUMN after text;

CREATE TABLE standfirst.audit (
  seq     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at      timestamptz NOT NULL,
  action  text NOT NULL,
  subject text NOT NULL,
  actor   text,
  -- ip, requestId: of the request that the transaction belongs to.
  origin  jsonb NOT NULL,
  before  text,
  after   text,
  data    jsonb NOT NULL
);
CREATE INDEX audit_actor ON standfirst.audit (actor, seq);
CREATE INDEX audit_action ON standfirst.audit (action, seq);
CREATE INDEX audit_subject ON standfirst.audit (subject, seq);

-- Position n of the chain holds the row seq. `digest` is of the row without its number, `hash` of the hash
-- before it, the number and the digest.
CREATE TABLE standfirst.audit_link (
  n      bigint PRIMARY KEY,
  seq    bigint NOT NULL UNIQUE,
  digest text NOT NULL,
  hash   text NOT NULL
);

-- What people and keys do to anything but an article's way through the line; and keys, members, holds, settings and what
-- went out or was taken back, whoever did it. The content of a post is its after.
CREATE FUNCTION standfirst.audit_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO standfirst.audit (at, action, subject, actor, origin, before, after, data)
  VALUES (NEW.at, NEW.type, NEW.subject, NEW.actor,
          coalesce(nullif(current_setting('standfirst.origin', true), ''), '{}')::jsonb, NEW.before,
          coalesce(NEW.after, (SELECT hash FROM standfirst.post JOIN standfirst.post_revision
                                ON post_id = post.id AND n = post.revision WHERE post.id = NEW.subject)), NEW.data);
  RETURN NULL;
END $$;

CREATE TRIGGER audit AFTER INSERT ON standfirst.event FOR EACH ROW
  WHEN (NEW.type NOT LIKE 'article.%' AND NEW.actor ~ '^(user|key)_'
        OR NEW.type ~ '^(api-key|member|publishing|setting)\.' OR NEW.type IN ('post.published', 'post.removed'))
  EXECUTE FUNCTION standfirst.audit_event();

CREATE FUNCTION standfirst.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The audit only grows: % on %.% is refused.', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME;
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON standfirst.audit
  FOR EACH STATEMENT EXECUTE FUNCTION standfirst.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON standfirst.audit_link
  FOR EACH STATEMENT EXECUTE FUNCTION standfirst.refuse_change();
