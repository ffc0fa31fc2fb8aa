import type { Cluster, Redis } from 'ioredis';
import { Refusal } from '../domain/errors.ts';

/** One thing about a Redis that will hurt, in one line: what it is, what it should be, what happens otherwise. */
export interface RedisFinding {
  readonly setting: 'maxmemory-policy' | 'maxmemory' | 'appendonly' | 'disk' | 'replication' | 'hz';
  readonly sentence: string;
}

/** Of its memory, from which on little is missing until Redis refuses to take jobs. */
const NEARLY_FULL = 0.95;

/** How a Redis is set and how full it is; null where it does not let us read that. */
export interface RedisFacts {
  readonly version: string;
  readonly memoryBytes: number;
  /** Null: as much as the machine has. */
  readonly maxMemoryBytes: number | null;
  readonly policy: string | null;
  readonly appendOnly: string | null;
}

export async function readRedis(redis: Redis | Cluster): Promise<RedisFacts> {
  const memory = String(await redis.info('memory'));
  return {
    version: await versionOf(redis),
    memoryBytes: fieldOf(memory, 'used_memory'),
    maxMemoryBytes: fieldOf(memory, 'maxmemory') || null,
    policy: await setting(redis, 'maxmemory-policy'),
    appendOnly: await setting(redis, 'appendonly'),
  };
}

/**
 * Checks version, settings and memory.
 * @throws Refusal where Redis is older than 6.2, which BullMQ cannot use.
 */
export async function checkRedis(redis: Redis | Cluster): Promise<RedisFinding[]> {
  const version = await versionOf(redis);
  if (!isAtLeast(version, 6, 2))
    throw new Refusal('unavailable', `Redis ${version} is too old: standfirst needs 6.2 or newer.`);
  const findings: RedisFinding[] = [];
  const policy = await setting(redis, 'maxmemory-policy');
  if (policy !== null && policy !== 'noeviction') {
    findings.push({
      setting: 'maxmemory-policy',
      sentence: `Redis maxmemory-policy is ${policy}: jobs may be thrown away. Set it to noeviction.`,
    });
  }
  const memory = String(await redis.info('memory'));
  const [used, most] = [fieldOf(memory, 'used_memory'), fieldOf(memory, 'maxmemory')];
  if (most > 0 && used >= NEARLY_FULL * most) {
    findings.push({
      setting: 'maxmemory',
      sentence: `Redis uses ${inMegabytes(used)} of the ${inMegabytes(most)} MB of its maxmemory: full, it takes no jobs, and posts are some seconds late. Give it more.`,
    });
  }
  if ((await setting(redis, 'appendonly')) === 'no') {
    findings.push({
      setting: 'appendonly',
      sentence: 'Redis appendonly is no: a restart forgets the queue, and posts are up to 15 s late. Set it to yes.',
    });
  }
  if (await isDiskRefused(redis)) {
    findings.push({
      setting: 'disk',
      sentence:
        'Redis cannot write to its disk: it takes no jobs, and posts are some seconds late. Make room in its folder, and let it write there.',
    });
  }
  const lacking = await lackingReplication(redis);
  if (lacking !== null) findings.push({ setting: 'replication', sentence: lacking });
  const hz = await setting(redis, 'hz');
  if (hz !== null && Number(hz) < 100) {
    findings.push({
      setting: 'hz',
      sentence: `Redis hz is ${hz}: a lone post is up to ${Math.ceil(1000 / Number(hz))} ms late. Set it to 100.`,
    });
  }
  return findings;
}

/** Its log cannot be written; or its last snapshot could not, after which a Redis that makes them refuses every write unless told otherwise. */
async function isDiskRefused(redis: Redis | Cluster): Promise<boolean> {
  const persistence = String(await redis.info('persistence'));
  if (/^aof_last_write_status:err/m.test(persistence)) return true;
  if (!/^rdb_last_bgsave_status:err/m.test(persistence)) return false;
  return (await setting(redis, 'save')) !== '' && (await setting(redis, 'stop-writes-on-bgsave-error')) !== 'no';
}

/** What keeps it from writing though it has memory and disk; null: nothing. */
async function lackingReplication(redis: Redis | Cluster): Promise<string | null> {
  const replication = String(await redis.info('replication'));
  const otherwise = 'it takes no jobs, and posts are some seconds late.';
  if (/^role:slave/m.test(replication) && (await setting(redis, 'replica-read-only')) !== 'no')
    return `Redis is a replica that is only read: ${otherwise} Set REDIS_URL to its master.`;
  const wanted = Number((await setting(redis, 'min-replicas-to-write')) ?? 0);
  if (!/^min_slaves_good_slaves:/m.test(replication)) return null;
  const there = fieldOf(replication, 'min_slaves_good_slaves');
  return there >= wanted
    ? null
    : `Redis min-replicas-to-write is ${wanted}, and ${there} are there: ${otherwise} Start the others, or set it to ${there}.`;
}

async function versionOf(redis: Redis | Cluster): Promise<string> {
  const info = String(await redis.info('server'));
  return /^(?:redis|valkey)_version:(.+)$/m.exec(info)?.[1]?.trim() ?? '0';
}

/** A number that `INFO` tells; 0 where it does not. */
function fieldOf(info: string, name: string): number {
  return Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1] ?? 0);
}

function inMegabytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1);
}

/** Null where the server does not let us read its settings, as managed services do. */
async function setting(redis: Redis | Cluster, name: string): Promise<string | null> {
  try {
    const answer = (await redis.config('GET', name)) as string[] | Record<string, string>;
    return (Array.isArray(answer) ? answer[1] : answer[name]) ?? null;
  } catch {
    return null;
  }
}

function isAtLeast(version: string, major: number, minor: number): boolean {
  const [a = 0, b = 0] = version.split('.').map(Number);
  return a > major || (a === major && b >= minor);
}
