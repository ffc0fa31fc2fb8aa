import { expect, it } from 'vitest';
import { addAccount } from '../../src/pipeline/accounts.ts';
import type { ReadyPost } from '../../src/pipeline/check-posts.ts';
import { createManyPosts } from '../../src/pipeline/create-posts.ts';
import { Alone } from '../../workers/alone.ts';
import { ringTheLate } from '../../workers/rounds.ts';
import { installAnywhere } from './install-anywhere.ts';

/** As many as one round of the sweep looks at, and a few. */
const BACKLOG = 1_005;

it('rings for breaking news whose alarm was lost before a backlog that was due before it', async () => {
  await using at = await installAnywhere({ withWorkers: false });
  const desk = await addAccount(at.context, { network: 'sandbox', name: 'Backlog', credentials: {} }, 'test');
  const ready = (text: string, urgency: 'normal' | 'breaking'): ReadyPost => {
    return { parts: [{ text, media: [], card: null }], accountIds: [desk.id], urgency, schedule: 'now' };
  };
  const backlog = Array.from({ length: BACKLOG }, (_, n) => ready(`Backlog ${n}`, 'normal'));
  for (let from = 0; from < BACKLOG; from += 500)
    await createManyPosts(at.context, backlog.slice(from, from + 500), 'test');
  const [[news] = []] = await createManyPosts(at.context, [ready('It breaks', 'breaking')], 'test');
  const rung: { postId: string; isFirst: boolean }[] = [];
  const bell: typeof at.context.bell = {
    ...at.context.bell,
    ringMany: async (_name, rings) => {
      for (const { payload, how } of rings)
        rung.push({ postId: (payload as { postId: string }).postId, isFirst: how?.first === true });
      return true;
    },
  };
  await ringTheLate({ ...at.context, bell }, new Alone(at.context), 0);
  expect(rung).toHaveLength(1_001);
  expect(rung[0]).toEqual({ postId: news, isFirst: true });
  expect(rung.slice(1).some(({ isFirst }) => isFirst)).toBe(false);
});
