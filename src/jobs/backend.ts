import { createPostgresBackend, createRedisBackend, runMigrations } from 'bullmq';
import type { BackendFactory, ConnectionOptions, IQueueBackend } from 'bullmq';
import { Cluster, Redis } from 'ioredis';
import pg from 'pg';
import { Refusal } from '../domain/errors.ts';
import type { RedisFacts, RedisFinding } from './redis-check.ts';
import { checkRedis, readRedis } from './redis-check.ts';

/**
 * Where BullMQ keeps its jobs: Redis (standalone, Sentinel or Cluster), or the PostgreSQL that holds everything else.
 * The same queue and worker code runs on both; only this file knows the difference.
 */
export interface JobBackend {
  readonly kind: 'redis' | 'postgres';
  /** Options for a `Queue`, which must fail fast, and for a `Worker`, which must never give up. */
  options(
    use: 'queue' | 'worker',
    queue: string,
  ): { connection: ConnectionOptions; prefix?: string; skipWaitingForReady?: boolean };
  /** Third argument of `Queue` and `Worker`. */
  readonly factory: QueueBackendFactory;
  /** Throws where the queue cannot be reached; answers what is wrong with its settings. */
  check(): Promise<RedisFinding[]>;
  /** How its server is set and how full it is; null where the queue has none of its own. Throws where it cannot be reached. */
  facts(): Promise<RedisFacts | null>;
  close(): Promise<void>;
}

export type QueueBackendFactory = BackendFactory<IQueueBackend, ConnectionOptions>;

export interface RedisPlace {
  readonly url: string;
  readonly cluster: boolean;
  readonly sentinel: string | null;
  /** Further nodes of the cluster, or further Sentinels, `host:port`. */
  readonly nodes?: readonly string[];
}

/** How long a connection tries: the few options in which a producer and a worker differ. */
interface Patience {
  readonly maxRetriesPerRequest: number | null;
  readonly connectTimeout: number;
  readonly enableOfflineQueue?: boolean;
  readonly commandTimeout?: number;
  readonly retryStrategy?: () => null;
  readonly lazyConnect?: boolean;
}

/** A producer must not hang while Redis does: the row is the truth, and the sweep rings again. */
const QUEUE_COMMAND_MS = 800;

/** A Redis that takes connections and answers nothing must hold up neither a start nor a command that looks at it. */
const PROBE_MS = 1_500;

/** The server of the queue does not answer: the row is the truth, and an installation that runs can do without for a while. */
export class QueueAway extends Refusal {}

export function openRedisBackend(place: RedisPlace, onError: (error: Error) => void): JobBackend {
  const connections: (Redis | Cluster)[] = [];
  const connect = (options: Patience): Redis | Cluster => {
    const connection = connectRedis(place, options);
    connection.on('error', onError);
    connections.push(connection);
    return connection;
  };
  const queue = connect({
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: QUEUE_COMMAND_MS,
    connectTimeout: 5_000,
  });
  let worker: Redis | Cluster | undefined;
  return {
    kind: 'redis',
    factory: createRedisBackend as unknown as QueueBackendFactory,
    options(use, name) {
      // One hash slot per queue, which Redis Cluster needs.
      const prefix = `{standfirst-${name}}`;
      if (use === 'queue') return { connection: queue, prefix, skipWaitingForReady: true };
      worker ??= connect({ maxRetriesPerRequest: null, connectTimeout: 5_000 });
      return { connection: worker, prefix };
    },
    check: () => probe(place, checkRedis),
    facts: () => probe(place, readRedis),
    async close() {
      for (const connection of connections) connection.disconnect();
    },
  };
}

/** Looks at a Redis through a connection of its own, which is not tried again and waits for nothing. */
async function probe<Seen>(place: RedisPlace, look: (redis: Redis | Cluster) => Promise<Seen>): Promise<Seen> {
  const redis = connectRedis(place, {
    maxRetriesPerRequest: 0,
    connectTimeout: 3_000,
    commandTimeout: PROBE_MS,
    retryStrategy: () => null,
    lazyConnect: true,
  });
  let why: Error | undefined;
  redis.on('error', (error: Error) => (why = error));
  // Being disconnected would be noticed by a Redis that lives.
  const { promise: hangs, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`it has not answered within ${PROBE_MS / 1000} s`)), PROBE_MS);
  try {
    await Promise.race([redis.connect(), hangs]);
    clearTimeout(timer);
    return await look(redis);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new QueueAway(
      'unavailable',
      `Redis at ${hostOf(place.url)} cannot be used: ${(why ?? (error as Error)).message}. Start it, or set REDIS_URL right.`,
      [],
      { cause: error },
    );
  } finally {
    clearTimeout(timer);
    redis.disconnect();
  }
}

function connectRedis(place: RedisPlace, options: Patience): Redis | Cluster {
  const url = new URL(place.url);
  const at = { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 6379) };
  const all = [at, ...(place.nodes ?? []).map(nodeOf)];
  const login = {
    ...(url.username === '' ? {} : { username: decodeURIComponent(url.username) }),
    ...(url.password === '' ? {} : { password: decodeURIComponent(url.password) }),
    ...(url.protocol === 'rediss:' ? { tls: {} } : {}),
  };
  if (place.cluster) {
    const { enableOfflineQueue, lazyConnect, retryStrategy, ...redisOptions } = options;
    return new Cluster(all, {
      redisOptions: { ...redisOptions, ...login },
      ...(enableOfflineQueue === undefined ? {} : { enableOfflineQueue }),
      ...(lazyConnect === undefined ? {} : { lazyConnect }),
      ...(retryStrategy === undefined ? {} : { clusterRetryStrategy: retryStrategy }),
    });
  }
  if (place.sentinel !== null) {
    const { retryStrategy } = options;
    return new Redis({
      sentinels: all,
      name: place.sentinel,
      ...login,
      ...options,
      ...(retryStrategy === undefined ? {} : { sentinelRetryStrategy: retryStrategy }),
    });
  }
  return new Redis({ ...at, ...login, db: Number(url.pathname.slice(1) || 0), ...options });
}

/** Longest a worker on PostgreSQL sleeps: what heals a stepped clock or a lost notification (BullMQ's own cap is an hour). */
const LONGEST_SLEEP_S = 5;

/** A link that stands on our side only answers nothing: its connection is given up after this long. */
const ANSWER_WITHIN_MS = 10_000;

/** Longest a close waits for connections that are in use. */
const CLOSE_MS = 2_000;

/** @param connections how many queue connections this process may hold; each worker's LISTEN takes one of them. */
export function openPostgresBackend(
  connectionString: string,
  connections: number,
  onError: (error: Error) => void,
): JobBackend {
  const pool = new pg.Pool({
    connectionString,
    max: connections,
    application_name: 'standfirst-queue',
    options: '-c search_path=bullmq,public',
    keepAlive: true,
    keepAliveInitialDelayMillis: ANSWER_WITHIN_MS,
    connectionTimeoutMillis: ANSWER_WITHIN_MS,
    // Sleeping is LISTEN and a timer of ours: no statement of the queue waits.
    query_timeout: ANSWER_WITHIN_MS,
  });
  let isClosing = false;
  const lost = (error: Error): void => void (isClosing || onError(error));
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', lost));
  // Two or more workers of one process share the pool, each with listeners of its own.
  pool.setMaxListeners(0);
  const factory = ((...given: Parameters<typeof createPostgresBackend>) => {
    const backend = createPostgresBackend(...given);
    Object.defineProperty(backend, 'maximumBlockTimeout', { value: LONGEST_SLEEP_S, configurable: true });
    return backend;
  }) as unknown as QueueBackendFactory;
  return {
    kind: 'postgres',
    factory,
    options: () => ({ connection: pool as unknown as ConnectionOptions }),
    async check() {
      await pool.query('SELECT 1');
      return [];
    },
    facts: async () => null,
    async close() {
      isClosing = true;
      // A worker whose farewell was not awaited still holds its LISTEN connection; the process ends without it.
      await Promise.race([pool.end(), new Promise((resolve) => setTimeout(resolve, CLOSE_MS).unref())]);
    },
  };
}

/** Creates or upgrades BullMQ's own tables, in the schema `bullmq`. Safe to call from several processes. */
export async function migrateQueueTables(connect: () => Promise<pg.Client>): Promise<void> {
  const client = await connect();
  try {
    await runMigrations(client as unknown as Parameters<typeof runMigrations>[0]);
  } finally {
    await client.end();
  }
}

function nodeOf(address: string): { host: string; port: number } {
  const [host = '', port] = address.split(':');
  return { host, port: Number(port) };
}

function hostOf(url: string): string {
  return new URL(url).host;
}
