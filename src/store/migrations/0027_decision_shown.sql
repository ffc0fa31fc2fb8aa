-- A decision is forgotten once its source shows its item no more: when a reading last showed it, and when a source was last
-- read as a whole, so that what was missing there is known to be gone.
ALTER TABLE standfirst.decision ADD COLUMN shown_at timestamptz NOT NULL DEFAULT now();
ALTER TABLE standfirst.source ADD COLUMN read_at timestamptz;
CREATE INDEX decision_age ON standfirst.decision (decided_at) WHERE outcome <> 'accepted';
