-- Which posts hold a text: some networks refuse the same text again, and nobody wants to look through all posts for it.

-- A text as it is compared: white space aside, short enough for an index.
CREATE FUNCTION standfirst.text_key(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT md5(btrim(regexp_replace(words, '\s+', ' ', 'g')))
$$;

CREATE FUNCTION standfirst.text_keys(parts jsonb) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_agg(standfirst.text_key(part ->> 'text')) FROM jsonb_array_elements(parts) AS part
$$;

-- Each new post is looked up at once: without a list of what is still to be sorted in, which every look-up would read through.
CREATE INDEX post_revision_texts ON standfirst.post_revision USING gin (standfirst.text_keys(parts)) WITH (fastupdate = off);
