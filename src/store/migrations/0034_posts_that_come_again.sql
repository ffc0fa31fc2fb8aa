-- What comes again from a post, and what it has made: found when that post is taken back, without reading every post.

CREATE INDEX recurrence_post ON standfirst.recurrence (post_id);
CREATE INDEX post_recurrence ON standfirst.post (recurrence_id) WHERE recurrence_id IS NOT NULL;
