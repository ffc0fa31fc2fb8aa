import { setTimeout as sleep } from 'node:timers/promises';
import type { Mode } from '../fakes/modes.ts';
import type { Queued } from './check.ts';
import { everywhere, withServers } from './row.ts';
import type { FaultRow, Note, Scene } from './row.ts';
import { judge } from './run-row.ts';
import type { Stage } from './stage.ts';
import { settled } from './storm.ts';
import { sleepUntil, until } from './until.ts';

const MINUTE = 60_000;

/**
 * Networks that lose their answer, say wait, go away, hang; and tokens that run out. What takes long is run with servers
 * only: on the embedded database it is the same code in one process.
 */
export const networkRows: readonly FaultRow[] = [
  spoiled(25, 'network takes the post, then resets the connection', { name: 'accept-then-reset' }),
  spoiled(26, 'network takes the post, then answers 500', { name: 'accept-then-500' }),
  spoiled(26, 'network takes the post, then answers 504', { name: 'accept-then-504' }),
  {
    n: 27,
    name: '429 with and without Retry-After; other accounts and another server go on',
    on: withServers,
    storm: { posts: 50 },
    async fault({ stage, brew, label }) {
      // A server of its own: its accounts wait for a while after this.
      const network = await stage.startNetwork();
      await stage.accountsOn(network, 10);
      await network.setMode({ name: '429', headers: { 'retry-after': '5' }, times: 3 });
      const limited = await brew(`${label} limited`, { posts: 100, spreadMs: 4_000, network });
      const others = await brew(`${label} other`, { posts: 100, spreadMs: 8_000 });
      await sleepUntil(limited.dueAt + 1_000);
      await network.setMode({ name: '429', times: 3 });
      const note = await onTime(stage, others.posts);
      const spared = await notLimited(stage, limited.posts);
      const beside = await onTime(stage, spared, `${spared.length} posts of the other accounts there`);
      // Who was not told when to come back waits for one of X's windows, a quarter of an hour.
      await stage.turnClock(16 * MINUTE);
      return { notes: [note, beside, { sentence: 'some accounts were limited', isMet: spared.length < 100 }] };
    },
  },
  {
    n: 28,
    name: 'network refuses connections for half an hour by the clock',
    on: withServers,
    waits: true,
    recoveryMs: 30_000,
    storm: { spreadMs: 3_000 },
    async before({ network }) {
      await network.setMode({ name: 'refuse' });
    },
    async fault({ stage, storm }) {
      // By then the first tries, at which the back-off is short, are over.
      await sleepUntil(storm.dueAt + 12_000);
      const from = await triesOf(stage, storm.label);
      await sleep(20_000);
      const tries = (await triesOf(stage, storm.label)) - from;
      await stage.turnClock(30 * MINUTE);
      await sleep(6_000);
      await stage.network.setMode({ name: 'ok' });
      // One probe of each account in ten seconds.
      return { notes: [{ sentence: `${tries} tries of 10 accounts in 20 s`, isMet: tries <= 20 }] };
    },
  },
  {
    n: 29,
    name: 'network never answers ten requests; another server goes on',
    on: withServers,
    // X can be asked, and has none of them; that proves nothing: it may carry out late what it has taken, and drops no second.
    unknown: 10,
    storm: { posts: 50 },
    async before({ network }) {
      await network.setMode({ name: 'hang', times: 10 });
    },
    async fault({ stage, storm, brew, label }) {
      const network = await stage.startNetwork();
      const others = await brew(`${label} other`, { posts: 50, spreadMs: 5_000, network });
      const note = await onTime(stage, others.posts);
      await sleepUntil(storm.dueAt + 31_000);
      return { notes: [note] };
    },
    after: async (scene) => [await askedInVain(scene)],
  },
  {
    n: 30,
    name: 'token runs out at the time of sending, two workers',
    on: withServers,
    storm: { posts: 10 },
    fault: refreshOnce,
  },
];

function spoiled(n: number, name: string, mode: Mode): FaultRow {
  return {
    n,
    name,
    on: everywhere,
    before: ({ network }) => network.setMode(mode),
    async fault({ stage, storm }) {
      await storm.reaches(200);
      await stage.network.setMode({ name: 'ok' });
    },
  };
}

/** Whether those who have nothing to do with it were sent as if nothing were the matter. */
async function onTime(stage: Stage, posts: readonly Queued[], who = 'the others'): Promise<Note> {
  await settled(stage, posts, 30_000);
  const { p99Ms } = await judge(stage, posts, Date.now());
  return { sentence: `${who}: p99 ${p99Ms} ms late`, isMet: posts.length > 0 && p99Ms <= 500 };
}

/** Those whose account was never told to wait. */
async function notLimited(stage: Stage, posts: readonly Queued[]): Promise<Queued[]> {
  await using client = await stage.connect();
  const { rows } = await client.query<{ id: string }>(
    `SELECT post.id FROM standfirst.post JOIN standfirst.account ON account.id = post.account_id
      WHERE post.id = ANY ($1) AND account.blocked_until IS NULL`,
    [posts.map(({ id }) => id)],
  );
  const spared = new Set(rows.map(({ id }) => id));
  return posts.filter(({ id }) => spared.has(id));
}

/** Whether the network was asked about every post in doubt, and has none of them. */
async function askedInVain({ stage, storm }: Scene): Promise<Note> {
  await using client = await stage.connect();
  const inDoubt = async (isAsked: boolean): Promise<number> => {
    const { rows } = await client.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM standfirst.attempt
        WHERE phase = 'unknown' AND post_id = ANY ($1) AND (NOT $2 OR failure ->> 'lastCheck' = 'Not found on the network.')`,
      [storm.posts.map(({ id }) => id), isAsked],
    );
    return rows[0]?.n ?? 0;
  };
  const all = await inDoubt(false);
  const isMet = await until(20_000, async () => (await inDoubt(true)) === all);
  const sentence = isMet
    ? `X was asked about the ${all} in doubt and has none; it may still carry them out and drops no second, so a person decides`
    : `X was not asked about all ${all} in doubt`;
  return { sentence, isMet };
}

/** How often posts of a label were tried. */
async function triesOf(stage: Stage, label: string): Promise<number> {
  await using client = await stage.connect();
  const { rows } = await client.query<{ tries: number }>(
    `SELECT count(*)::int AS tries FROM standfirst.attempt 
       JOIN standfirst.post_revision AS rev ON rev.post_id = attempt.post_id AND rev.n = attempt.revision
     
      WHERE rev.parts->0->>'text' LIKE $1 || ': %'`,
    [label],
  );
  return rows[0]?.tries ?? 0;
}

/** A token that runs out before the posts are due, and whose refresh token is good for one use. */
async function refreshOnce({ stage, label }: Scene): Promise<{ notes: Note[] }> {
  const who = 900_000 + stage.history.length;
  const { url } = stage.network;
  const { id } = await stage.call<{ id: string }>('POST', '/v1/accounts', {
    network: 'x',
    credentials: {
      kind: 'oauth2',
      clientId: 'desk',
      accessToken: `user-${who}`,
      refreshToken: `refresh-${who}-1`,
      expiresAt: new Date(Date.now() + 33_000).toISOString(),
      server: url,
    },
  });
  const posts = await Promise.all(
    Array.from({ length: 20 }, async (_, n) => {
      const schedule = { at: new Date(Date.now() + 5_000).toISOString() };
      const body = { accountIds: [id], text: `${label} token: ${n}`, schedule };
      const { data } = await stage.call<{ data: { id: string }[] }>('POST', '/v1/posts', body);
      return { id: data[0]?.id ?? '', key: `${who} ${label} token: ${n}` };
    }),
  );
  stage.history.push(...posts);
  await settled(stage, posts, 40_000);
  const { lost, twice, unknown, failed } = await judge(stage, posts, Date.now());
  const spent = await Promise.all([1, 2].map((nth) => refreshAt(url, who, nth)));
  return {
    notes: [
      {
        sentence: `20 posts: ${lost} lost, ${twice} twice, ${unknown + failed} not sent`,
        isMet: lost + twice + unknown + failed === 0,
      },
      {
        sentence: spent[0] === 400 && spent[1] === 200 ? 'refreshed once' : 'not refreshed once',
        isMet: spent[0] === 400 && spent[1] === 200,
      },
    ],
  };
}

/** What the network says to the n-th refresh token of an account: 400 where it has been used or was never given. */
async function refreshAt(url: string, who: number, nth: number): Promise<number> {
  const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: `refresh-${who}-${nth}` });
  return (await fetch(`${url}/2/oauth2/token`, { method: 'POST', body })).status;
}
