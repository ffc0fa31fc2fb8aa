-- Where a thing was last met while traces are sent to a collector: a post, an article, an attempt. Empty where none is named.
CREATE TABLE standfirst.trace_mark (
  subject     text PRIMARY KEY,
  -- W3C traceparent.
  traceparent text NOT NULL,
  at          timestamptz NOT NULL DEFAULT standfirst.clock()
);
CREATE INDEX trace_mark_at ON standfirst.trace_mark (at);
