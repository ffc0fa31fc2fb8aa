import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { expect, it } from 'vitest';
import { openRedisBackend } from '../../src/jobs/backend.ts';
import type { RedisFinding } from '../../src/jobs/redis-check.ts';
import { checkRedis } from '../../src/jobs/redis-check.ts';
import { describeWith } from '../servers/backends.ts';
import { startRedis } from '../servers/redis.ts';

async function findingsOf(args: readonly string[]): Promise<RedisFinding[]> {
  await using redis = await startRedis({ args });
  const backend = openRedisBackend({ url: redis.url, cluster: false, sentinel: null }, () => {});
  try {
    return await backend.check();
  } finally {
    await backend.close();
  }
}

describeWith(['redis'], 'the check of Redis at the start', () => {
  it('has nothing to say about one that is set as it should be', async () => {
    expect(await findingsOf(['--appendonly', 'yes', '--hz', '100', '--maxmemory-policy', 'noeviction'])).toEqual([]);
  });

  it('says in one line each what is wrong, what it should be, and what happens otherwise', async () => {
    const findings = await findingsOf(['--appendonly', 'no', '--hz', '10', '--maxmemory-policy', 'allkeys-lru']);
    expect(findings.map((finding) => finding.sentence)).toEqual([
      expect.stringMatching(/maxmemory-policy is allkeys-lru: .*Set it to noeviction\.$/),
      expect.stringMatching(/appendonly is no: .*Set it to yes\.$/),
      expect.stringMatching(/hz is 10: .*100 ms late.*Set it to 100\.$/),
    ]);
  });

  it('says of one that takes no writes why it takes none', async () => {
    await using redis = await startRedis();
    const client = new Redis(redis.url);
    const backend = openRedisBackend({ url: redis.url, cluster: false, sentinel: null }, () => {});
    const said = async (): Promise<[string, ...string[]]> => [
      await client.set('key', 'value').catch((error: Error) => error.message.split(' ')[0] ?? ''),
      ...(await backend.check()).map(({ sentence }) => sentence),
    ];
    expect(await said()).toEqual(['OK']);

    await client.replicaof('127.0.0.1', 1);
    expect(await said()).toEqual(['READONLY', expect.stringMatching(/is a replica .* Set REDIS_URL to its master\.$/)]);
    await client.replicaof('NO', 'ONE');

    await client.config('SET', 'min-replicas-to-write', '2');
    expect(await said()).toEqual(['NOREPLICAS', expect.stringMatching(/is 2, and 0 are there: .* set it to 0\.$/)]);
    await client.config('SET', 'min-replicas-to-write', '0');

    await client.config('SET', 'save', '3600 1');
    const [, folder] = (await client.config('GET', 'dir')) as [string, string];
    // A snapshot takes the place of the one before, which a folder does not let it.
    mkdirSync(join(folder, 'dump.rdb', 'in-the-way'), { recursive: true });
    await client.bgsave();
    const disk = expect.stringMatching(/^Redis cannot write to its disk: .* let it write there\.$/);
    await expect.poll(said).toEqual(['MISCONF', disk]);
    await client.config('SET', 'save', '');
    expect(await said()).toEqual(['OK']);
    client.disconnect();
    await backend.close();
  });

  it('refuses what is older than 6.2, and knows Valkey by its own version', async () => {
    const server = (info: string) =>
      ({ info: async () => info, config: async () => [] }) as unknown as Parameters<typeof checkRedis>[0];
    await expect(checkRedis(server('redis_version:6.0.16\r\n'))).rejects.toThrow(
      'Redis 6.0.16 is too old: standfirst needs 6.2 or newer.',
    );
    await expect(checkRedis(server('redis_version:7.2.4\r\nvalkey_version:8.1.0\r\n'))).resolves.toEqual([]);
  });
});
