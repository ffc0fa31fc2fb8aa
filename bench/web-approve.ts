import type { Page } from 'playwright-core';
import type { Newsroom } from '../tests/browser/newsroom.ts';
import { writePosts } from '../tests/browser/seed.ts';

/** What one decision takes of an editor, and how long each took. */
interface Approvals {
  /** How many keys each took. */
  readonly keys: number;
  /** From the key to the server's answer that it is approved, shortest first. */
  readonly answeredMs: readonly number[];
  /** From the key to the page showing it, as seen from outside of the browser. */
  readonly shownMs: readonly number[];
}

const TIMES = 5;
/** All that is pressed for one of them. */
const KEYS = ['a'];

/** Approves what waits on the Desk, story by story, and asks the server itself what became of each. */
export async function approveByKey(page: Page, newsroom: Newsroom): Promise<Approvals> {
  const answeredMs: number[] = [];
  const shownMs: number[] = [];
  await emptyDesk(newsroom);
  for (let time = 0; time < TIMES; time++) {
    await writePosts(newsroom, {
      title: `Lowmere counts its boats, day ${time}`,
      text: `The harbour of Lowmere counted ${40 + time} boats on Friday, its office said.\nThe count takes an hour. It is done every day.`,
    });
    const post = page.locator('[data-post]').first();
    await page.goto(`${newsroom.address}/desk`);
    const id = (await post.getAttribute('data-post')) ?? '';
    await page.locator('[data-live="live"]').waitFor();
    // A key that comes with the picture was meant for the one before, and is not taken; an editor reads first.
    await page.waitForTimeout(1_500);
    const answer = page.waitForResponse((reply) => reply.url().endsWith(`/v1/posts/${id}/approve`));
    const pressedAt = performance.now();
    for (const key of KEYS) await page.keyboard.press(key);
    await answer;
    answeredMs.push(Math.round(performance.now() - pressedAt));
    await page.locator(`[data-post="${id}"]`).getByText('In review').waitFor({ state: 'hidden' });
    shownMs.push(Math.round(performance.now() - pressedAt));
    const { state } = await newsroom.api<{ state: string }>('GET', `/v1/posts/${id}`);
    if (state !== 'scheduled' && state !== 'approved') throw new Error(`After its key, post ${id} is ${state}.`);
    await newsroom.api('POST', `/v1/posts/${id}/cancel`, {});
  }
  const inOrder = (spans: number[]): number[] => spans.sort((a, b) => a - b);
  return { keys: KEYS.length, answeredMs: inOrder(answeredMs), shownMs: inOrder(shownMs) };
}

async function emptyDesk({ api }: Newsroom): Promise<void> {
  const { data } = await api<{ data: { id: string }[] }>('GET', '/v1/posts?state=in_review&limit=100');
  for (const { id } of data) await api('POST', `/v1/posts/${id}/cancel`, {});
}
