-- An article may be handed in under embargo. A worker of the version before, which may run beside this one, knows nothing of
-- that: whoever reads the article, its story is under embargo in the transaction that makes it.
CREATE FUNCTION standfirst.embargo_with_article() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  until timestamptz := (NEW.request ->> 'embargoUntil')::timestamptz;
BEGIN
  IF until > standfirst.clock() THEN
    UPDATE standfirst.story SET embargo_until = until WHERE id = NEW.story_id AND (embargo_until IS NULL OR embargo_until < until);
    INSERT INTO standfirst.setting AS kept (key, value) VALUES ('last_embargo', to_jsonb(NEW.request ->> 'embargoUntil'))
      ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = standfirst.clock()
       WHERE (kept.value #>> '{}')::timestamptz < (excluded.value #>> '{}')::timestamptz;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER article_embargo AFTER UPDATE OF state ON standfirst.article FOR EACH ROW
  WHEN (NEW.state = 'ready' AND OLD.state = 'pending' AND NEW.request ? 'embargoUntil')
  EXECUTE FUNCTION standfirst.embargo_with_article();
