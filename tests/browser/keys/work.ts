import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { until } from '../seed.ts';
import type { Post, Shared } from '../shared.ts';
import { postNow, postsOf } from '../shared.ts';
import type { Shows, Shown } from './walk.ts';
import { close, opens } from './walk.ts';

/** The keys of a Story, whose first post can become a thread. */
export function story({ newsroom }: Shared, id: string): Shown {
  const columns = (page: Page) => page.locator('[data-post]').count();
  const fields = (page: Page) => page.locator('[data-post] textarea');
  return {
    Story: {
      'Why these sentences and tags': opens('Why these sentences and tags'),
      'What would be sent': opens('What would be sent'),
      'Go to post 1 to 9': async (press, page) => {
        await press();
        await page.locator('[data-post]').first().locator(':focus').waitFor();
      },
      Edit: async (press, page) => {
        await press();
        await fields(page).and(page.locator(':focus')).waitFor();
        await page.keyboard.press('Escape');
        await fields(page).waitFor({ state: 'hidden' });
      },
      'Hold this post, or lift its hold': async (press, page) => {
        await page.keyboard.press('1');
        await page.locator('[data-post]').first().locator(':focus').waitFor();
        await opens('Hold this post')(press, page);
      },
      'Split into a thread here': async (press, page) => {
        await press();
        await page.getByRole('textbox', { name: 'Message 2 of 2' }).waitFor();
        await page.getByRole('button', { name: 'Discard' }).click();
        await fields(page).first().waitFor({ state: 'hidden' });
      },
      'One preview after the other': async (press, page) => {
        for (const count of [1, 1, 1, 3]) {
          await press();
          await until(async () => (await columns(page)) === count);
          // The key decides about what is drawn, and its words say so.
          await page.keyboard.press('?');
          const sheet = page.getByRole('dialog', { name: 'Keys' });
          await sheet.getByText(count === 1 ? 'Approve the post' : 'Approve all', { exact: true }).waitFor();
          await close(page);
        }
      },
      // Stories of one house whose texts are alike.
      'They are not the same': async (press, page) => {
        const notice = page.getByRole('region', { name: 'It may be a copy of another story' });
        await press();
        await notice.waitFor({ state: 'detached' });
        await page.keyboard.press('Control+z');
        await notice.waitFor();
      },
      'Approve all': async (press, page) => {
        await press();
        await page
          .getByText(/^3 posts approved and scheduled/)
          .first()
          .waitFor();
        await until(async () => (await postsOf(newsroom, id)).every((post) => post.state === 'scheduled'));
      },
      Undo: async (press) => {
        await press();
        await until(async () => (await postsOf(newsroom, id)).every((post) => post.state === 'in_review'));
      },
    },
  };
}

/** The keys of Intake, with two sources. */
export function intake({ newsroom }: Shared): Shown {
  interface Source {
    readonly polls: number;
    readonly state: string;
  }
  const sources = async () => (await newsroom.api<{ data: Source[] }>('GET', '/v1/sources')).data;
  const polls = async () => (await sources()).reduce((sum, source) => sum + source.polls, 0);
  const focused = (page: Page): Promise<string | null> =>
    page.evaluate('document.activeElement?.closest("[data-source]")?.getAttribute("data-source") ?? null');
  const steps: Shows = async (press, page) => {
    const before = await focused(page);
    await press();
    await until(async () => (await focused(page)) !== before);
  };
  return {
    Intake: {
      'Paste a link or a text': async (press, page) => {
        await press();
        await page.getByLabel('Paste a link or the text of an article').and(page.locator(':focus')).waitFor();
        await page.locator('main h1').click();
      },
      'Add a feed': opens('Add a source'),
      'Edit rules and settings': async (press, page) => {
        // No source is meant before one is chosen.
        await press();
        await page.getByText('No source is chosen. Choose one first.').first().waitFor();
        expect(await page.getByRole('dialog').count()).toBe(0);
        await page.locator('[data-source] h3 button').first().focus();
        await opens(/^Edit /)(press, page);
      },
      Next: steps,
      Previous: steps,
      'Read now': async (press) => {
        const before = await polls();
        await press();
        await until(async () => (await polls()) > before);
      },
      'Pause or resume': async (press, page) => {
        await press();
        await until(async () => (await sources()).some(({ state }) => state === 'paused'));
        // What the key does next is what the page has to offer then.
        await page.locator('[data-source]').getByText('Paused', { exact: true }).first().waitFor();
        await press();
        await until(async () => (await sources()).every(({ state }) => state === 'active'));
      },
    },
  };
}

export interface Broken {
  /** Two refused by one network, which takes them from now on. */
  readonly refused: readonly [Post, Post];
  /** Its account was signed out, and works again. */
  readonly signedOut: Post;
  readonly inDoubt: Post;
}

/** The keys of Failures. */
export function failures({ newsroom }: Shared, { refused, signedOut, inDoubt }: Broken): Shown {
  const row = (page: Page, { id }: Post) => page.locator(`[data-failure="${id}"]`);
  const on =
    (post: Post, shows: Shows): Shows =>
    async (press, page) => {
      await row(page, post).focus();
      await shows(press, page);
    };
  const selected = (page: Page) => page.locator('[data-failure] input[type="checkbox"]:checked').count();
  const focused = (page: Page): Promise<string | null> =>
    page.evaluate('document.activeElement?.getAttribute("data-failure") ?? null');
  const steps: Shows = async (press, page) => {
    const before = await focused(page);
    await press();
    await until(async () => (await focused(page)) !== before);
  };
  const out = async (post: Post): Promise<boolean> => (await postNow(newsroom, post.id)).state === 'published';
  return {
    Failures: {
      Next: steps,
      Previous: steps,
      Select: async (press, page) => {
        await press();
        await until(async () => (await selected(page)) === 1);
      },
      'Select all': async (press, page) => {
        await press();
        await until(async () => (await selected(page)) === (await page.locator('[data-failure]').count()));
      },
      'Select none': async (press, page) => {
        await press();
        await until(async () => (await selected(page)) === 0);
      },
      'Edit and retry': on(refused[0], async (press, page) => {
        await press();
        await row(page, refused[0]).getByRole('textbox').waitFor();
        await page.keyboard.press('Escape');
        await row(page, refused[0]).getByRole('textbox').waitFor({ state: 'hidden' });
      }),
      'Dismiss…': on(refused[0], opens('Dismiss without sending')),
      // Its network takes its posts again, so that nobody needs to be asked for anything.
      'Reconnect, then retry': on(signedOut, async (press) => {
        await press();
        await until(() => out(signedOut));
      }),
      'Mark as published': on(inDoubt, opens('You have seen it on the network')),
      'Retry now, or check first where it is in doubt': on(inDoubt, async (press, page) => {
        await press();
        await page.getByText('The network cannot tell. Look at the account yourself.').first().waitFor();
        await row(page, refused[0]).focus();
        await press();
        await until(() => out(refused[0]));
      }),
      'Retry the whole group': on(refused[1], async (press) => {
        await press();
        await until(() => out(refused[1]));
      }),
    },
  };
}

/** The keys of the Outbox. */
export function outbox(post: Post): Shown {
  const row = (page: Page) => page.locator(`[data-sent="${post.id}"]`);
  const focused = (page: Page): Promise<string | null> =>
    page.evaluate('document.activeElement?.getAttribute("data-sent") ?? null');
  const steps: Shows = async (press, page) => {
    const before = await focused(page);
    await press();
    await until(async () => (await focused(page)) !== before);
  };
  return {
    Outbox: {
      Next: async (press, page) => {
        await steps(press, page);
        await steps(press, page);
      },
      Previous: steps,
      'Open on the network': async (press, page) => {
        await row(page).focus();
        const opened = page.context().waitForEvent('page');
        await press();
        const other = await opened;
        await other.waitForURL((url) => url.href === post.url);
        await other.close();
      },
      'Correct on the network…': async (press, page) => {
        await row(page).focus();
        await press();
        await page.getByRole('dialog').getByLabel('The text as it should read').waitFor();
        await close(page);
      },
      'Duplicate as draft': async (press, page) => {
        await row(page).focus();
        await press();
        await page.getByText('Duplicated: it is a draft now.').first().waitFor();
      },
    },
  };
}

/** The keys of Health. */
export function health(): Shown {
  const range =
    (name: string): Shows =>
    async (press, page) => {
      await press();
      await until(() => page.getByRole('radio', { name, exact: true }).isChecked());
    };
  return {
    Health: {
      '7 d': range('7 d'),
      '1 h': range('1 h'),
      '30 d': range('30 d'),
      '24 h': range('24 h'),
      'As a table': async (press, page) => {
        await press();
        await page.getByRole('button', { name: 'As a chart' }).first().waitFor();
      },
      'Hold everything': opens('Hold the wire'),
      'Self-test': async (press, page) => {
        await press();
        await page.getByRole('heading', { name: 'The test post went out' }).waitFor();
      },
    },
  };
}
