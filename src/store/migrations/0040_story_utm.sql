-- What the links of a story say of their campaign instead of the house's; null: as in the house, as for every story of before.
ALTER TABLE standfirst.story ADD COLUMN utm jsonb;
