-- Posts of all accounts and states in the order of their due times: the calendar, and lists that are sorted by it. Without it a page
-- of a million posts read and sorted all of them.
CREATE INDEX post_by_due ON standfirst.post (due_at, id) WHERE due_at IS NOT NULL;
