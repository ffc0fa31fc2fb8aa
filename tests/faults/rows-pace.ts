import { readLog } from './check.ts';
import type { Queued } from './check.ts';
import { withServers } from './row.ts';
import type { FaultRow, Note, Scene } from './row.ts';
import { judge } from './run-row.ts';
import type { FakeNetwork } from './stage.ts';
import { settled } from './storm.ts';
import { sleepUntil } from './until.ts';

const MINUTE = 60_000;
const ACCOUNTS = 5;
const GAP_MS = 2_000;
/** As many posts of each account, half a second further apart than they have to be; the next has to wait for the hour to pass. */
const CAP = 8;
/** From the claim to the network's log: one that is quick may follow one that was slow. */
const A_MOMENT_MS = 1_000;

/** A network in trouble, where accounts keep their posts apart: what is late goes soon, and never in a burst. */
export const paceRows: readonly FaultRow[] = [
  {
    n: 27,
    name: '429, then no connection, on accounts with a gap and a cap',
    on: withServers,
    storm: { posts: 10 },
    async fault(scene) {
      const { stage, brew, label } = scene;
      // A server of its own: its accounts keep their rules.
      const network = await stage.startNetwork();
      const accounts = await stage.accountsOn(network, ACCOUNTS);
      await using client = await stage.connect();
      await client.query(`UPDATE standfirst.account SET settings = settings || $2::jsonb WHERE id = ANY ($1)`, [
        accounts.map(({ id }) => id),
        JSON.stringify({ minGapMs: GAP_MS, hourlyCap: CAP }),
      ]);
      await network.setMode({ name: '429', headers: { 'retry-after': '3' }, times: 3 });
      const plan = { posts: ACCOUNTS * CAP, accounts: ACCOUNTS, spreadMs: CAP * (GAP_MS + 500), network };
      const paced = await brew(`${label} paced`, plan);
      const over = await nextSlot(scene, accounts);
      await sleepUntil(paced.dueAt + 7_000);
      await network.setMode({ name: 'refuse' });
      await sleepUntil(paced.dueAt + 10_000);
      await network.setMode({ name: 'ok' });
      const endedAt = Date.now();
      await settled(stage, paced.posts, 60_000);
      const early = readLog(network.logFile).filter(({ text }) => text.includes(' over')).length;
      const kept = [gapKept(network), { sentence: `${early} went out over the cap`, isMet: early === 0 }];
      await stage.turnClock(61 * MINUTE);
      const isSettled = await settled(stage, over, 30_000);
      const { lost, twice } = await judge(stage, over, Date.now());
      const sentence = `${over.length} more in the next hour: ${lost} lost, ${twice} twice`;
      return { endedAt, notes: [...kept, { sentence, isMet: isSettled && lost + twice === 0 }] };
    },
  },
];

/** One more for each account, in the next free slot. */
async function nextSlot({ stage, label }: Scene, accounts: readonly { id: string; who: number }[]): Promise<Queued[]> {
  const { data } = await stage.call<{ data: { id: string; accountId: string }[] }>('POST', '/v1/posts', {
    accountIds: accounts.map(({ id }) => id),
    text: `${label} over: 0`,
    schedule: 'next-slot',
  });
  const whoOf = new Map(accounts.map(({ id, who }) => [id, who]));
  const posts = data.map(({ id, accountId }) => ({ id, key: `${whoOf.get(accountId)} ${label} over: 0` }));
  stage.history.push(...posts);
  return posts;
}

function gapKept(network: FakeNetwork): Note {
  const byAccount = Map.groupBy(readLog(network.logFile), ({ key }) => key.split(' ')[0]);
  const gaps = [...byAccount.values()].flatMap((entries) => {
    const times = entries.map(({ at }) => at).sort((one, other) => one - other);
    return times.slice(1).map((at, index) => at - (times[index] ?? 0));
  });
  const least = Math.min(...gaps);
  return { sentence: `${least} ms between two posts of one account at least`, isMet: least >= GAP_MS - A_MOMENT_MS };
}
