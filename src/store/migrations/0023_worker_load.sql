-- What a worker says of itself with each heartbeat; null of one that is older than this.
ALTER TABLE standfirst.worker
  ADD COLUMN concurrency  integer,
  ADD COLUMN memory_bytes bigint;
