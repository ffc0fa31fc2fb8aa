-- The few posts that are worthless before they can go: told as soon as they are, not when they would have gone.
CREATE INDEX post_worthless_before ON standfirst.post (stale_at) WHERE state = 'scheduled' AND stale_at <= wake_at;
