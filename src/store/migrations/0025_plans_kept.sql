-- The same answers as before, written in a language whose plans a connection keeps: a function in SQL is parsed and planned anew by
-- every statement that calls it, and for these two that was a fifth of the time of the statement that writes a post.

CREATE OR REPLACE FUNCTION standfirst.text_keys(parts jsonb) RETURNS text[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  keys text[];
  part jsonb;
BEGIN
  FOR part IN SELECT jsonb_array_elements(parts) LOOP
    keys := array_append(keys, standfirst.text_key(part ->> 'text'));
  END LOOP;
  RETURN keys;
END $$;

CREATE OR REPLACE FUNCTION standfirst.post_words(parts jsonb, tags text[], lang text) RETURNS tsvector LANGUAGE plpgsql
  IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN to_tsvector(standfirst.words_of(lang),
    standfirst.spaced(left(jsonb_path_query_array(parts, '$[*].text')::text || ' ' || array_to_string(tags, ' '), 100000)));
END $$;
