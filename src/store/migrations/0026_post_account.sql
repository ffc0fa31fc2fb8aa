-- An approval binds a text to an account, by a hash that is made when the text is written. A post keeps its account: what is
-- to go out elsewhere is another post, and approved as such.
CREATE FUNCTION standfirst.keep_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Post % belongs to account %, and cannot be given to another: write a post for that one.', OLD.id, OLD.account_id;
END $$;
CREATE TRIGGER post_keeps_account BEFORE UPDATE OF account_id ON standfirst.post
  FOR EACH ROW WHEN (OLD.account_id IS DISTINCT FROM NEW.account_id) EXECUTE FUNCTION standfirst.keep_account();
