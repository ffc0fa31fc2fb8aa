-- The image of another site as it was when a person approved the post: under which address the revision names it.
ALTER TABLE standfirst.media_use ADD COLUMN source text;
