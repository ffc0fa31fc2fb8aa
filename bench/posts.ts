import type { Context } from '../src/context.ts';
import { addAccount } from '../src/pipeline/accounts.ts';
import type { AccountSettings } from '../src/store/account.ts';
import { z } from 'zod';
import { webhookSecret } from '../tests/fakes/webhook.ts';

/** Connects the fake receiver as an account. @returns its id. */
export async function addReceiver(
  context: Context,
  url: string,
  settings: Partial<AccountSettings> = {},
): Promise<string> {
  const credentials = { url: `${url}/hook`, secret: webhookSecret };
  const account = await addAccount(context, { network: 'webhook', name: 'Receiver', credentials, settings }, 'bench');
  return account.id;
}

/**
 * Writes approved and scheduled posts straight into the tables, and rings for them: the benchmark is about what comes
 * after. Post `n` has the text `<label> <n>` and is due at `dueAt(n)`.
 */
export async function schedulePosts(
  context: Context,
  accountId: string,
  label: string,
  count: number,
  dueAt: (n: number) => Date,
): Promise<void> {
  const posts = Array.from({ length: count }, (_, n) => ({
    id: context.io.id('post'),
    dueAt: dueAt(n),
    parts: JSON.stringify([{ text: textOf(label, n), media: [], card: null }]),
  }));
  const ids = posts.map((post) => post.id);
  await context.database.transaction(async (sql) => {
    await sql.run(
      `INSERT INTO standfirst.post (id, account_id, network, state, approved_hash, due_at, wake_at, wake, stale_at, created_by)
       SELECT id, $3, 'webhook', 'scheduled', 'bench', due_at, due_at, 1, due_at + interval '1 day', 'bench'
         FROM unnest($1::text[], $2::timestamptz[]) AS new (id, due_at)`,
      [ids, posts.map((post) => post.dueAt), accountId],
    );
    await sql.run(
      `INSERT INTO standfirst.post_revision (post_id, n, parts, hash)
       SELECT id, 1, parts, 'bench' FROM unnest($1::text[], $2::jsonb[]) AS new (id, parts)`,
      [ids, posts.map((post) => post.parts)],
    );
  });
  const rings = posts.map((post) => ({
    payload: { postId: post.id, network: 'webhook', wake: 1 },
    how: { at: post.dueAt },
  }));
  if (!(await context.bell.ringMany('publish', rings))) throw new Error('The queue could not be reached.');
}

export function textOf(label: string, n: number): string {
  return `${label} ${n}`;
}

/**
 * Waits until all posts of a label have their receipt, and nothing that is due waits. @returns when the last was written
 * down, in epoch milliseconds.
 */
export async function whenPublished(context: Context, label: string, count: number, withinMs: number): Promise<number> {
  await until(withinMs, () => nothingIsDue(context));
  const row = await context.database.one(
    z.object({ done: z.number(), last: z.date().nullable() }),
    `SELECT count(*) FILTER (WHERE post.state = 'published')::int AS done, max(post.published_at) AS last
       FROM standfirst.post JOIN standfirst.post_revision AS rev ON rev.post_id = post.id
      WHERE rev.parts->0->>'text' LIKE $1`,
    [`${label} %`],
  );
  if (row === null || row.last === null || row.done !== count)
    throw new Error(`${row?.done} of ${count} posts "${label}" were published.`);
  return row.last.getTime();
}

/** Waits for the receipt of one post. */
export async function whenSent(context: Context, postId: string, withinMs: number): Promise<void> {
  const published = `SELECT EXISTS (SELECT 1 FROM standfirst.post WHERE id = $1 AND state = 'published') AS is`;
  await until(withinMs, async () => (await context.database.one(answer, published, [postId]))?.is === true);
}

const answer = z.object({ is: z.boolean() });

/** The index answers it: to count what is done, four times a second, took a sixth of a core from what is measured. */
async function nothingIsDue({ database }: Context): Promise<boolean> {
  const row = await database.one(
    answer,
    `SELECT NOT EXISTS (SELECT 1 FROM standfirst.post WHERE state IN ('scheduled', 'publishing')
        AND due_at < standfirst.clock() + interval '1 hour') AS is`,
  );
  return row?.is === true;
}

async function until(withinMs: number, isSo: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`What was waited for did not come within ${withinMs} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
