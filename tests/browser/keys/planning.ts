import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { until } from '../seed.ts';
import type { Post, Shared } from '../shared.ts';
import { postNow, postsOf } from '../shared.ts';
import type { Shows, Shown } from './walk.ts';
import { opens } from './walk.ts';

const MINUTE_MS = 60_000;

/** The keys of the Rundown, on a post that is scheduled. */
export function rundown({ newsroom }: Shared, post: Post): Shown {
  const card = (page: Page) => page.locator(`[data-card="${post.id}"]`);
  const due = async (): Promise<number> => Date.parse((await postNow(newsroom, post.id)).dueAt ?? '');
  const left = async (page: Page): Promise<number> => (await card(page).boundingBox())?.x ?? NaN;
  const movesBy =
    (minutes: number): Shows =>
    async (press, page) => {
      const before = await due();
      await card(page).focus();
      await press();
      await until(async () => (await due()) === before + minutes * MINUTE_MS);
    };
  const onCard =
    (shows: Shows): Shows =>
    async (press, page) => {
      await card(page).focus();
      await shows(press, page);
    };
  const zoomsTo =
    (zoom: string): Shows =>
    async (press, page) => {
      await press();
      await until(() => page.getByRole('radio', { name: zoom, exact: true }).isChecked());
    };
  const shifts =
    (isThere: (before: number, now: number) => boolean): Shows =>
    async (press, page) => {
      const before = await left(page);
      await press();
      await until(async () => isThere(before, await left(page)));
    };
  const opensStory = onCard(async (press, page) => {
    await press();
    await page.waitForURL('**/stories/*');
    await page.goBack();
    await card(page).waitFor();
  });
  const focused = (page: Page): Promise<string | null> =>
    page.evaluate('document.activeElement?.getAttribute("data-card") ?? null');
  return {
    Rundown: {
      Next: async (press, page) => {
        await press();
        const first = await focused(page);
        await press();
        await until(async () => (await focused(page)) !== first);
      },
      Previous: async (press, page) => {
        const second = await focused(page);
        await press();
        await until(async () => (await focused(page)) !== second);
      },
      '15 minutes on': shifts((before, now) => now < before - 5),
      '15 minutes back': shifts((before, now) => now > before + 5),
      'Show less time': zoomsTo('1 h'),
      'Show more time': zoomsTo('6 h'),
      Now: async (press, page) => {
        const before = await left(page);
        await page.getByRole('button', { name: '15 minutes on' }).click();
        await until(async () => (await left(page)) < before - 5);
        await press();
        await until(async () => Math.abs((await left(page)) - before) < 5);
      },
      '5 minutes earlier': movesBy(-5),
      '5 minutes later': movesBy(5),
      '1 hour earlier': movesBy(-60),
      '1 hour later': movesBy(60),
      'Move…': onCard(opens('Move to which time?')),
      'Hold this post, or lift its hold': onCard(opens('Hold this post')),
      'Publish now': onCard(opens('Publish now?')),
      'Cancel post': onCard(async (press, page) => {
        await press();
        await page.getByText('1 post cancelled.').first().waitFor();
        await page.keyboard.press('Control+z');
        await until(async () => (await postNow(newsroom, post.id)).state === 'scheduled');
      }),
      'Load what is new': async (press, page) => {
        await card(page).hover();
        const schedule = { at: new Date(await due()).toISOString() };
        const another = { accountIds: [post.accountId], text: 'A bell beside it.', schedule };
        await newsroom.api('POST', '/v1/posts', another);
        await page.getByRole('button', { name: '1 new. Press . to load' }).waitFor();
        await press();
        await page.locator('[data-card]').filter({ hasText: 'A bell beside it.' }).waitFor();
      },
      'Open the post that has the focus': opensStory,
      Open: opensStory,
    },
  };
}

/** The keys of the Desk, on three stories that wait: the last one is approved, and that is taken back. */
export function desk({ newsroom }: Shared, stories: readonly { id: string }[], more: () => Promise<unknown>): Shown {
  const open = (page: Page) => page.locator('[data-story]:has([aria-current="true"])').getAttribute('data-story');
  const selected = (page: Page) => page.locator('[data-story] input[type="checkbox"]:checked').count();
  const columns = (page: Page) => page.locator('[data-post]').count();
  const states = async (): Promise<string[]> =>
    (await Promise.all(stories.map(({ id }) => postsOf(newsroom, id)))).flat().map((post) => post.state);
  const opensOther: Shows = async (press, page) => {
    const before = await open(page);
    await press();
    await until(async () => (await open(page)) !== before);
  };
  return {
    Desk: {
      Next: opensOther,
      Previous: opensOther,
      Select: async (press, page) => {
        await press();
        await until(async () => (await selected(page)) === 1);
      },
      'Select up to here': async (press, page) => {
        await page.keyboard.press('j');
        await page.keyboard.press('j');
        await press();
        await until(async () => (await selected(page)) === 3);
      },
      'Select none': async (press, page) => {
        await press();
        await until(async () => (await selected(page)) === 0);
      },
      'Select all': async (press, page) => {
        await press();
        await until(async () => (await selected(page)) === (await page.locator('[data-story]').count()));
        await page.keyboard.press('Escape');
      },
      'Leave network 1 to 9 out, or take it in again': async (press, page) => {
        await press();
        await page.getByRole('button', { name: 'Approve 2 posts' }).waitFor();
        await press();
        await page.getByRole('button', { name: 'Approve 3 posts' }).waitFor();
      },
      'One preview after the other': async (press, page) => {
        for (const count of [1, 1, 1, 3]) {
          await press();
          await until(async () => (await columns(page)) === count);
        }
      },
      'Why these sentences and tags': async (press, page) => {
        await press();
        await page.getByRole('complementary', { name: 'Why' }).waitFor();
        await press();
        await page.getByRole('complementary', { name: 'Why' }).waitFor({ state: 'hidden' });
      },
      Edit: async (press, page) => {
        await press();
        await page.locator('[data-post] textarea').and(page.locator(':focus')).waitFor();
        await page.keyboard.press('Escape');
        await page.locator('[data-post] textarea').waitFor({ state: 'hidden' });
      },
      'Hold this post, or lift its hold': opens('Which post?'),
      'Request changes': opens('Give it back to the writer'),
      Reject: opens('Reject'),
      'Approve at a time…': opens('When should it go out?'),
      'Approve for the next free slot, breaking news at once': async (press, page) => {
        await press();
        await page
          .getByText(/^3 posts approved and scheduled/)
          .first()
          .waitFor();
        await until(async () => (await states()).filter((state) => state === 'scheduled').length === 3);
      },
      Undo: async (press) => {
        await press();
        await until(async () => (await states()).every((state) => state === 'in_review'));
      },
    },
    Lists: {
      'Load what is new': async (press, page) => {
        const before = stories.length;
        await until(async () => (await page.locator('[data-story]').count()) === before);
        await more();
        await page.getByRole('button', { name: /^1 new/ }).waitFor();
        expect(await page.locator('[data-story]').count()).toBe(before);
        await press();
        await until(async () => (await page.locator('[data-story]').count()) === before + 1);
      },
    },
  };
}
