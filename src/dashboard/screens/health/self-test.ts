import { useState } from 'react';
import { get, post } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import { accountsQuery, networksQuery } from '../../api/queries.ts';
import type { Post } from '../../api/types.ts';
import { latenessOf } from '../../shell/time.tsx';
import { done, failed } from '../../shell/undo.tsx';
import { texts } from '../../texts.ts';

const WITHIN_MS = 30_000;
const LOOK_MS = 250;

/** Sends one post through the whole line to our own network, and says how long it took. */
export function useSelfTest(): { readonly isBusy: boolean; readonly run: () => Promise<void> } {
  const [isBusy, setIsBusy] = useState(false);
  const run = async (): Promise<void> => {
    if (isBusy) return;
    setIsBusy(true);
    try {
      done(await test());
    } catch (error) {
      failed(texts.health.selfTest, error);
    } finally {
      setIsBusy(false);
    }
  };
  return { isBusy, run };
}

async function test(): Promise<string> {
  const networks = await queryClient.ensureQueryData(networksQuery);
  const accounts = await queryClient.ensureQueryData(accountsQuery);
  const own = new Set(networks.filter((network) => network.isSandbox).map((network) => network.id));
  const account = accounts.find((one) => own.has(one.network) && one.state === 'connected');
  if (account === undefined) return texts.health.noSandbox;
  const began = performance.now();
  const text = `${texts.health.selfTestText}, ${new Date().toISOString()}`;
  const made = await post<{ data: Post[] }>('/v1/posts', { accountIds: [account.id], text, schedule: 'now' });
  const id = made.data[0]?.id ?? '';
  while (performance.now() - began < WITHIN_MS) {
    const now = await get<Post>(`/v1/posts/${id}`);
    if (now.state === 'published') {
      return texts.health.selfTestDone(Math.round(performance.now() - began), latenessOf(now.latenessMs ?? 0));
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  return texts.health.selfTestFailed;
}
