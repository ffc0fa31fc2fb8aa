-- What was before and after a change, in words, beside the audit and not in it: the audit keeps the SHA-256, which the chain
-- covers, and so grows only; the values can be forgotten by age, or because they are about somebody who is gone.

-- [{field, before, after}] as it is written down, where the verb gives it; secrets are out, long values are cut.
ALTER TABLE standfirst.event ADD COLUMN change text;

CREATE TABLE standfirst.audit_change (
  seq    bigint PRIMARY KEY,
  at     timestamptz NOT NULL,
  change text NOT NULL
);
CREATE INDEX audit_change_at ON standfirst.audit_change (at);

CREATE OR REPLACE FUNCTION standfirst.audit_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  written bigint;
BEGIN
  INSERT INTO standfirst.audit (at, action, subject, actor, origin, before, after, data)
  VALUES (NEW.at, NEW.type, NEW.subject, NEW.actor,
          coalesce(nullif(current_setting('standfirst.origin', true), ''), '{}')::jsonb, NEW.before,
          coalesce(NEW.after, (SELECT hash FROM standfirst.post JOIN standfirst.post_revision
                                ON post_id = post.id AND n = post.revision WHERE post.id = NEW.subject)),
          CASE WHEN NEW.change IS NULL THEN NEW.data
               ELSE NEW.data || jsonb_build_object('changeSha256', encode(sha256(convert_to(NEW.change, 'UTF8')), 'hex')) END)
  RETURNING seq INTO written;
  IF NEW.change IS NOT NULL THEN
    INSERT INTO standfirst.audit_change (seq, at, change) VALUES (written, NEW.at, NEW.change);
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR TRUNCATE ON standfirst.audit_change
  FOR EACH STATEMENT EXECUTE FUNCTION standfirst.refuse_change();
