-- What became of posts, added up from the events as somebody asks for it, so that every process answers the same totals and a
-- restart does not begin at 0 again.
CREATE TABLE standfirst.outcome_total (
  network         text NOT NULL,
  outcome         text NOT NULL,
  posts           bigint NOT NULL,
  -- Of those that were sent: how many by at most each bound of the histogram in turn, how many at all, and their seconds added up.
  within          bigint[] NOT NULL,
  measured        bigint NOT NULL,
  lateness_s      double precision NOT NULL,
  PRIMARY KEY (network, outcome)
);
INSERT INTO standfirst.event_reader (name, cursor) VALUES ('totals', '0-0');
