-- Which stories are under embargo: a post that says what one of theirs says waits with them.
CREATE INDEX story_embargo ON standfirst.story (embargo_until) WHERE embargo_until IS NOT NULL;
