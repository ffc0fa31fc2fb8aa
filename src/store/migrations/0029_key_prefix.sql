-- What a person knows a key by where its secret must not be: sf_live_ and its sixteen public characters. Null for keys of before.
ALTER TABLE standfirst.api_key ADD COLUMN prefix text;
