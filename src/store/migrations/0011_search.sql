-- Full text, per language, over the words of posts and articles. Written by the database itself, so that no verb can forget it.

-- Languages PostgreSQL has a stemmer for (https://www.postgresql.org/docs/15/textsearch-dictionaries.html); in the others words
-- are found as they are written.
CREATE FUNCTION standfirst.words_of(lang text) RETURNS regconfig LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE left(lang, 2)
    WHEN 'en' THEN 'english' WHEN 'es' THEN 'spanish' WHEN 'fr' THEN 'french' WHEN 'de' THEN 'german' WHEN 'it' THEN 'italian'
    WHEN 'pt' THEN 'portuguese' WHEN 'nl' THEN 'dutch' WHEN 'ru' THEN 'russian' WHEN 'tr' THEN 'turkish' WHEN 'ar' THEN 'arabic'
    WHEN 'hi' THEN 'hindi' ELSE 'simple' END::regconfig
$$;

-- Scripts without spaces: every character a word, and a search for several a search for the phrase.
CREATE FUNCTION standfirst.spaced(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT regexp_replace(words, '([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff])', ' \1 ', 'g')
$$;

CREATE FUNCTION standfirst.post_words(parts jsonb, tags text[], lang text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_tsvector(standfirst.words_of(lang),
    standfirst.spaced(left(jsonb_path_query_array(parts, '$[*].text')::text || ' ' || array_to_string(tags, ' '), 100000)))
$$;

CREATE FUNCTION standfirst.article_words(title text, description text, body text, lang text) RETURNS tsvector LANGUAGE sql
  IMMUTABLE PARALLEL SAFE AS $$
  SELECT setweight(to_tsvector(standfirst.words_of(lang), standfirst.spaced(coalesce(title, ''))), 'A')
      || setweight(to_tsvector(standfirst.words_of(lang), standfirst.spaced(coalesce(description, ''))), 'B')
      || to_tsvector(standfirst.words_of(lang), standfirst.spaced(left(coalesce(body, ''), 100000)))
$$;

-- What somebody typed, in every language at once: quotes, OR and - as in a web search; the last word may be unfinished.
CREATE FUNCTION standfirst.search_for(typed text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT websearch_to_tsquery('english', given) || websearch_to_tsquery('spanish', given) || websearch_to_tsquery('french', given)
      || websearch_to_tsquery('german', given) || websearch_to_tsquery('italian', given) || websearch_to_tsquery('portuguese', given)
      || websearch_to_tsquery('dutch', given) || websearch_to_tsquery('russian', given) || websearch_to_tsquery('turkish', given)
      || websearch_to_tsquery('arabic', given) || websearch_to_tsquery('hindi', given)
      || regexp_replace(websearch_to_tsquery('simple', given)::text, '''$', ''':*')::tsquery
    FROM (SELECT regexp_replace(typed, '([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+)', ' "\1" ', 'g')) AS quoted (typed),
         LATERAL (SELECT standfirst.spaced(quoted.typed)) AS spaced (given)
$$;

ALTER TABLE standfirst.post_revision
  ADD COLUMN words tsvector GENERATED ALWAYS AS (standfirst.post_words(parts, tags, lang)) STORED;
CREATE INDEX post_revision_words ON standfirst.post_revision USING gin (words);

ALTER TABLE standfirst.article
  ADD COLUMN words tsvector GENERATED ALWAYS AS (standfirst.article_words(title, description, text, lang)) STORED;
CREATE INDEX article_words ON standfirst.article USING gin (words);
