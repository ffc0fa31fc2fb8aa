-- What was left out of the address of an article because it may be a key: names of parameters, or that there was a user name.
ALTER TABLE standfirst.article ADD COLUMN link_cut text[] NOT NULL DEFAULT '{}';
