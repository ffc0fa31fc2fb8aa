-- An account's posts of one state in the order of their times. Without it a page of what an account has scheduled read past
-- everything that it ever published.
CREATE INDEX post_account_state ON standfirst.post (account_id, state, due_at, id);

-- Posts of all states by their times, for those who ask for it (`OF_ANY_STATE` in store/post-filter.ts): rows lie in the order
-- of time, so that it was chosen for posts of one state too, and read past all the others.
DROP INDEX standfirst.post_by_due;
CREATE INDEX post_by_due ON standfirst.post (due_at, id) WHERE due_at IS NOT NULL AND id <> '';

-- Ids are made in the order of time: lists by creation are in the order of ids, and nothing asks for this one.
DROP INDEX standfirst.post_created;
