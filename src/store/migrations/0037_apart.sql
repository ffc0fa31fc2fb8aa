-- The time to wake that was chosen beside the other posts of its account. A post that wakes later than it was planned for, at
-- any other time, shares that time with whatever waited for the same: the end of an embargo, of a server's trouble.
ALTER TABLE standfirst.post ADD COLUMN apart_at timestamptz;
