import { useState } from 'react';
import { get, post } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import { accountsQuery, networksQuery } from '../../api/queries.ts';
import { present } from '../../api/server-clock.ts';
import type { Post, PostDetail } from '../../api/types.ts';
import { announce } from '../../shell/announce.tsx';
import { done, failed } from '../../shell/undo.tsx';
import { healthTexts } from '../../texts/health.ts';

const WITHIN_MS = 30_000;
const LOOK_MS = 250;

/** One step of the test post's way, and how long it took on the server's clock. */
export interface Hop {
  readonly name: keyof typeof healthTexts.hops;
  readonly ms: number;
}

interface SelfTest {
  readonly isBusy: boolean;
  /** Of the last test that went through; null before. */
  readonly hops: readonly Hop[] | null;
  readonly run: () => Promise<void>;
}

/** Sends one post through the whole line to our own network, and times every hop. */
export function useSelfTest(): SelfTest {
  const [isBusy, setIsBusy] = useState(false);
  const [hops, setHops] = useState<readonly Hop[] | null>(null);
  const run = async (): Promise<void> => {
    if (isBusy) return;
    setIsBusy(true);
    setHops(null);
    try {
      const outcome = await test();
      if (typeof outcome === 'string') done(outcome);
      else {
        setHops(outcome);
        announce(healthTexts.selfTestPassed);
      }
    } catch (error) {
      failed(healthTexts.selfTest, error);
    } finally {
      setIsBusy(false);
    }
  };
  return { isBusy, hops, run };
}

/** @returns a sentence where nothing could be measured. */
async function test(): Promise<readonly Hop[] | string> {
  const networks = await queryClient.ensureQueryData(networksQuery);
  const accounts = await queryClient.ensureQueryData(accountsQuery);
  const own = new Set(networks.filter((network) => network.isSandbox).map((network) => network.id));
  const account = accounts.find((one) => own.has(one.network) && one.state === 'connected');
  if (account === undefined) return healthTexts.noSandbox;
  const began = performance.now();
  const text = `${healthTexts.selfTestText}, ${present().toISOString()}`;
  const made = await post<{ data: Post[] }>('/v1/posts', { accountIds: [account.id], text, schedule: 'now' });
  const taken = Math.round(performance.now() - began);
  const id = made.data[0]?.id ?? '';
  while (performance.now() - began < WITHIN_MS) {
    const seen = await get<PostDetail>(`/v1/posts/${id}`);
    if (seen.state === 'published') return hopsOf(seen, taken);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  return healthTexts.selfTestFailed;
}

function hopsOf(post: PostDetail, taken: number): Hop[] {
  const last = post.attempts.at(-1);
  const marks = [
    ['queued', last?.startedAt],
    ['prepared', last?.sentAt],
    ['answered', last?.endedAt],
    ['published', post.publishedAt],
  ] as const;
  const hops: Hop[] = [{ name: 'accepted', ms: taken }];
  let before = new Date(post.createdAt).getTime();
  for (const [name, at] of marks) {
    if (at == null) continue;
    const time = new Date(at).getTime();
    hops.push({ name, ms: Math.max(0, time - before) });
    before = Math.max(before, time);
  }
  return hops;
}
