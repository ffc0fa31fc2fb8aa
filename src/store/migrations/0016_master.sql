-- The text that the posts of a story follow as long as nobody changes one by itself; null: as written from the article.
ALTER TABLE standfirst.story
  ADD COLUMN master         text,
  ADD COLUMN master_version integer NOT NULL DEFAULT 0;
