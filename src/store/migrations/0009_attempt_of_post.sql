-- Every claim reads the post's earlier attempts: without this it reads all attempts there are.
CREATE INDEX attempt_post ON standfirst.attempt (post_id, part, n);
