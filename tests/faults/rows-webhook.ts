import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { withServers } from './row.ts';
import type { FaultRow, Note, Scene } from './row.ts';
import { judge } from './run-row.ts';
import { settled } from './storm.ts';
import { until } from './until.ts';

const FIVE_DAYS_MS = 5 * 24 * 3_600_000;

/** A receiver of webhooks that takes every delivery and never answers; later it cannot even be reached. */
export const webhookRows: readonly FaultRow[] = [
  {
    n: 37,
    name: 'receiver of webhooks hangs, then is dead for five days by the clock',
    on: withServers,
    storm: { spreadMs: 4_000 },
    fault: hearNothing,
  },
];

async function hearNothing({ stage, storm, brew, label }: Scene): Promise<{ endedAt: number; notes: Note[] }> {
  const p99Of = async (posts: Scene['storm']['posts']): Promise<number> => {
    await settled(stage, posts, 30_000);
    return (await judge(stage, posts, Date.now())).p99Ms;
  };
  const aloneMs = await p99Of(storm.posts);
  const receiver = createServer(() => {});
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  const { id } = await stage.call<{ id: string }>('POST', '/v1/webhooks', { url, events: ['post.published'] });
  const seen = (): Promise<{ state: string; failingSince: string | null }> => stage.call('GET', `/v1/webhooks/${id}`);
  const beside = await brew(`${label} beside it`, { spreadMs: 4_000 });
  const besideMs = await p99Of(beside.posts);
  const endedAt = Date.now();
  receiver.closeAllConnections();
  receiver.close();
  await until(30_000, async () => (await seen()).failingSince !== null);
  await stage.turnClock(FIVE_DAYS_MS + 3_600_000);
  await until(40_000, async () => (await seen()).state === 'disabled');
  const { state } = await seen();
  await using client = await stage.connect();
  const told = await client.query(`SELECT FROM standfirst.event WHERE type = 'webhook.disabled' AND subject = $1`, [
    id,
  ]);
  await stage.call('DELETE', `/v1/webhooks/${id}`);
  return {
    endedAt,
    notes: [
      { sentence: `p99 ${aloneMs} ms late without it, ${besideMs} ms with it`, isMet: besideMs <= 2 * aloneMs + 100 },
      {
        sentence: `after five days it is ${state}${told.rowCount === 1 ? ', and that is told' : ''}`,
        isMet: state === 'disabled' && told.rowCount === 1,
      },
    ],
  };
}
