-- One story, whatever it is called: every address and guid that has led to it, and what its text sounds like.
CREATE TABLE standfirst.story_key (
  -- `url:` and an address without scheme and tracking, or `guid:`, a source and what it calls the item.
  key      text PRIMARY KEY,
  story_id text NOT NULL REFERENCES standfirst.story
);
CREATE INDEX story_key_story ON standfirst.story_key (story_id);
INSERT INTO standfirst.story_key (key, story_id)
SELECT 'url:' || regexp_replace(canonical_url, '^https?://(www\.)?', ''), id FROM standfirst.story WHERE canonical_url IS NOT NULL
ON CONFLICT DO NOTHING;

-- From `fingerprint`, so that stories that share words are found without reading all of them.
ALTER TABLE standfirst.story ADD COLUMN sample bigint[], ADD COLUMN headline bigint[];
CREATE INDEX story_sample ON standfirst.story USING gin (sample);
CREATE INDEX story_headline ON standfirst.story USING gin (headline);

-- A story that may be the same, for a person to look at: {storyId, why}.
ALTER TABLE standfirst.article ADD COLUMN possible_duplicate jsonb;
