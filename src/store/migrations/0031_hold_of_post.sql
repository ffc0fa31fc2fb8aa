-- A hold of one post.
ALTER TABLE standfirst.hold DROP CONSTRAINT hold_scope_check;
ALTER TABLE standfirst.hold ADD CONSTRAINT hold_scope_check CHECK (scope IN ('all', 'network', 'account', 'word', 'story', 'post'));
