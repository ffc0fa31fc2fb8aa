import { quantile } from '../../bench/figures.ts';
import type { Mode } from '../fakes/modes.ts';
import { check } from './check.ts';
import type { Finding, Row } from './row.ts';
import { everywhere, withServers } from './row.ts';
import type { Stage } from './stage.ts';
import { listPosts, queuePosts, settled, sleepUntil } from './stage.ts';
import { AHEAD_MS, brew } from './storm.ts';

/** Networks that lose their answer, say wait, go away, hang; and tokens that run out. */
export const networkRows: readonly Row[] = [
  spoiled(25, 'network takes the post, then resets the connection', { name: 'accept-then-reset' }),
  spoiled(26, 'network takes the post, then answers 500', { name: 'accept-then-500' }),
  {
    n: 27,
    name: '429 with Retry-After; another account goes on',
    on: everywhere,
    recoveryMs: 30_000,
    async run(stage, { label, who }) {
      await stage.prepare(2);
      const other = await stage.startNetwork();
      const limited = await brew(stage, label, who, { posts: 50 });
      const calm = await brew(stage, `${label} other`, who + 500, { posts: 50, spreadMs: 10_000, network: other });
      await stage.network.setMode({ name: '429', headers: { 'retry-after': '5' }, times: 30 });
      const others = await calm.finding();
      const finding = await limited.finding(limited.dueAt.getTime() + 5_000, 90_000);
      await other.kill();
      return { ...finding, notes: [await othersOnTime(others, stage, calm.accountId)] };
    },
  },
  {
    n: 28,
    name: 'network refuses connections for 20 s',
    on: everywhere,
    // The back-off of a post has grown to a quarter of a minute by then.
    recoveryMs: 30_000,
    async run(stage, { label, who }) {
      await stage.prepare(2);
      const storm = await brew(stage, label, who, { spreadMs: 10_000 });
      await stage.network.setMode({ name: 'refuse' });
      await sleepUntil(storm.dueAt.getTime() + 20_000);
      await stage.network.setMode({ name: 'ok' });
      return storm.finding(Date.now(), 90_000);
    },
  },
  {
    n: 29,
    name: 'network never answers; another network goes on',
    on: everywhere,
    // Nothing arrived, which X cannot prove.
    unknown: 50,
    recoveryMs: 60_000,
    async run(stage, { label, who }) {
      await stage.prepare(2);
      await stage.network.setMode({ name: 'hang', times: 10 });
      const storm = await brew(stage, label, who, { posts: 50 });
      await sleepUntil(storm.dueAt.getTime() + 1_000);
      const late = await sandboxLateness(stage, `${label} sandbox`);
      const finding = await storm.finding(storm.dueAt.getTime(), 120_000);
      return {
        ...finding,
        notes: [{ sentence: `the other network's posts: p99 ${late} ms late`, isMet: late <= 2_000 }],
      };
    },
  },
  {
    n: 30,
    name: 'token runs out at the time of sending, two workers',
    on: withServers,
    async run(stage, { label, who }) {
      await stage.prepare(2);
      const credentials = {
        kind: 'oauth2',
        clientId: 'desk',
        accessToken: `user-${who}`,
        refreshToken: `refresh-${who}-1`,
        expiresAt: new Date(Date.now() + 12_000).toISOString(),
        server: stage.network.url,
      };
      const { id } = await stage.call<{ id: string }>('POST', '/v1/accounts', { network: 'x', credentials });
      await queuePosts(stage, id, label, 20, () => new Date(Date.now() + AHEAD_MS));
      const dueAt = Date.now() + AHEAD_MS;
      await settled(stage, id, 60_000);
      const verdict = check(await listPosts(stage, `account=${id}&sort=createdAt`), stage.network.logFile);
      const account = await stage.call<{ state: string }>('GET', `/v1/accounts/${id}`);
      const isIn = account.state === 'connected';
      // A second use of the same refresh token signs the account out.
      return {
        verdict,
        recoveryMs: verdict.lastAt - dueAt,
        notes: [{ sentence: `account ${account.state}`, isMet: isIn }],
      };
    },
  },
];

function spoiled(n: number, name: string, mode: Mode): Row {
  return {
    n,
    name,
    on: everywhere,
    // Two hundred look-ups, five seconds after each.
    recoveryMs: 60_000,
    async run(stage, { label, who }) {
      await stage.prepare(2);
      const storm = await brew(stage, label, who);
      await stage.network.setMode(mode);
      await storm.reaches(200);
      await stage.network.setMode({ name: 'ok' });
      return storm.finding(Date.now(), 90_000);
    },
  };
}

async function othersOnTime(
  others: Finding,
  stage: Stage,
  accountId: string,
): Promise<{ sentence: string; isMet: boolean }> {
  const late = await latenesses(stage, accountId);
  const p99 = quantile(late, 0.99);
  const isMet = p99 <= 2_000 && others.verdict.lost === 0 && others.verdict.twice === 0;
  return { sentence: `the other account: ${others.verdict.posts} posts, p99 ${p99} ms late`, isMet };
}

async function sandboxLateness(stage: Stage, label: string): Promise<number> {
  const { data } = await stage.call<{ data: { id: string; network: string }[] }>('GET', '/v1/accounts');
  const id = data.find((account) => account.network === 'sandbox')?.id ?? '';
  const ids = new Set(await queuePosts(stage, id, label, 20, (n) => new Date(Date.now() + 2_000 + n * 100)));
  await settled(stage, id, 30_000);
  const late = await latenesses(stage, id, ids);
  return late.length < ids.size ? Infinity : quantile(late, 0.99);
}

async function latenesses(stage: Stage, accountId: string, only?: ReadonlySet<string>): Promise<number[]> {
  const posts = await listPosts(stage, `account=${accountId}&state=published`);
  return posts.filter((post) => only === undefined || only.has(post.id)).map((post) => post.latenessMs ?? Infinity);
}
