-- What several requests did may be written by one statement, where each event comes from its own: `standfirst.origins` holds
-- the origin of each subject, and `standfirst.origin` that of everything else in the transaction.
CREATE OR REPLACE FUNCTION standfirst.audit_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  written bigint;
BEGIN
  INSERT INTO standfirst.audit (at, action, subject, actor, origin, before, after, data)
  VALUES (NEW.at, NEW.type, NEW.subject, NEW.actor,
          coalesce(nullif(current_setting('standfirst.origins', true), '')::jsonb -> NEW.subject,
                   nullif(current_setting('standfirst.origin', true), '')::jsonb, '{}'), NEW.before,
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
