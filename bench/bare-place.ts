import { createPostgresBackend, createRedisBackend } from 'bullmq';
import type { BackendFactory, ConnectionOptions, IQueueBackend } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';

/** Where bare BullMQ keeps its jobs, as its documentation says to connect it. */
export interface Place {
  readonly connection: ConnectionOptions;
  readonly factory: BackendFactory<IQueueBackend, ConnectionOptions>;
  close(): Promise<void>;
}

export function onRedis(url: string): Place {
  const connection = new Redis(url, { maxRetriesPerRequest: null });
  return {
    connection,
    factory: createRedisBackend as unknown as Place['factory'],
    close: async () => connection.disconnect(),
  };
}

export function onPostgres(url: string): Place {
  const pool = new pg.Pool({ connectionString: url, max: 20, options: '-c search_path=bullmq,public' });
  return {
    connection: pool as unknown as ConnectionOptions,
    factory: createPostgresBackend as unknown as Place['factory'],
    close: () => pool.end(),
  };
}
