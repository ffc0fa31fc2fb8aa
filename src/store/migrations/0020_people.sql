-- Who stands behind what is done. A key that the operator made is nobody's; those that it makes, and those that they make, are
-- of the same hand, so each names the first of its chain. A process of the version before writes none: then it is the member or itself.
ALTER TABLE standfirst.api_key ADD COLUMN person text;

WITH RECURSIVE made AS (
  SELECT subject AS id, actor AS maker FROM standfirst.audit WHERE action = 'api-key.created'
  UNION SELECT subject, actor FROM standfirst.event WHERE type = 'api-key.created'
), chain AS (
  SELECT id, coalesce(member_id, id) AS person, ARRAY[id] AS seen FROM standfirst.api_key
   WHERE member_id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM made JOIN standfirst.api_key AS maker ON maker.id = made.maker WHERE made.id = api_key.id)
  UNION ALL
  SELECT made.id, chain.person, seen || made.id FROM chain JOIN made ON made.maker = chain.id
    JOIN standfirst.api_key ON api_key.id = made.id AND api_key.member_id IS NULL WHERE made.id <> ALL (seen)
)
UPDATE standfirst.api_key SET person = chain.person FROM chain WHERE chain.id = api_key.id;

-- The person behind a member, a key, or the line itself.
CREATE FUNCTION standfirst.person(actor text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT coalesce(person, member_id) FROM standfirst.api_key WHERE id = actor), actor)
$$;

-- Who handed in the words of an article; null: nobody here. A page that was read, a feed, and what a program pushes for a source are
-- the words of others.
CREATE FUNCTION standfirst.author_of_article(article_id text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT standfirst.person(article.created_by) FROM standfirst.article LEFT JOIN standfirst.source ON source.id = article.source_id
   WHERE article.id = author_of_article.article_id AND article.request ?| ARRAY['text', 'html', 'title']
     AND (source.id IS NULL OR source.kind = 'push' AND article.created_by LIKE 'user\_%')
$$;

-- Whose words a post says as it stands; null: nobody's here. What the line wrote says its article's.
CREATE FUNCTION standfirst.author_of(post_id text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN rev.author IN ('line', 'policy') THEN standfirst.author_of_article(post.article_id) ELSE standfirst.person(rev.author) END
    FROM standfirst.post JOIN standfirst.post_revision AS rev ON rev.post_id = post.id AND rev.n = post.revision
   WHERE post.id = author_of.post_id
$$;
