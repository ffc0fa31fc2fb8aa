-- The few posts that go out, or went, more than a week after they were planned for, behind a long embargo: an account's taken
-- times are looked for by when posts are due, a week back.
CREATE INDEX post_put_off ON standfirst.post (account_id, due_at) WHERE greatest(wake_at, published_at) - due_at > interval '7 days';
