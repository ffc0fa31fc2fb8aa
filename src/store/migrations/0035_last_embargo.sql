-- The moment after which no story is under embargo, of embargoes that were set before it was kept.

INSERT INTO standfirst.setting (key, value)
SELECT 'last_embargo', to_jsonb(to_char(max(embargo_until) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
  FROM standfirst.story HAVING max(embargo_until) > now()
    ON CONFLICT (key) DO NOTHING;
