import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { addAccount } from '../../src/pipeline/accounts.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { reconcile } from '../../src/pipeline/reconcile.ts';
import { listAttempts } from '../../src/store/attempt.ts';
import { isDatabaseAway, openDatabase } from '../../src/store/database.ts';
import { openLedger } from '../../src/store/ledger.ts';
import { getPost } from '../../src/store/post.ts';
import type { PostRow } from '../../src/store/post.ts';
import { mastodonToken, startMastodon } from '../fakes/mastodon.ts';
import type { FakeMastodon } from '../fakes/mastodon.ts';
import { installAnywhere } from './install-anywhere.ts';
import type { Installation } from './installation.ts';

let at: Installation;
let mastodon: FakeMastodon;
beforeAll(async () => {
  at = await installAnywhere({ withWorkers: false, io: { chance: () => 0.5 } });
  mastodon = await startMastodon();
});
afterEach(() => mastodon.setMode({ name: 'ok' }));
afterAll(async () => {
  await at[Symbol.asyncDispose]();
  await mastodon[Symbol.asyncDispose]();
});

const now = async ({ id }: PostRow): Promise<PostRow> => (await getPost(at.context.database, id)) as PostRow;
async function due(text: string): Promise<PostRow> {
  const credentials = { server: mastodon.url, accessToken: mastodonToken, visibility: 'public' };
  const account = await addAccount(at.context, { network: 'mastodon', credentials }, 'test');
  const parts = [{ text, media: [], card: null }];
  const [post] = await createPosts(at.context, { parts, accountIds: [account.id], schedule: 'now' }, 'test');
  return post as PostRow;
}
const send = ({ id }: PostRow): Promise<void> =>
  publish(at.context, { postId: id, network: 'mastodon' }, new AbortController().signal);
const lost = async (post: PostRow) =>
  (await listAttempts(at.context.database, post.id)).find(({ phase }) => phase === 'unknown');
/** Seconds from now. */
const ahead = (when: Date | null | undefined): number => ((when?.getTime() ?? 0) - Date.now()) / 1000;

it('stays away from a server in trouble as long as it asks', async () => {
  await mastodon.setMode({ name: '503', headers: { 'retry-after': '120' } });
  const post = await due('The lock gates are open.');
  await send(post);
  expect((await now(post)).state).toBe('unknown');
  const wait = ahead((await lost(post))?.checkAt);
  expect(wait).toBeGreaterThan(90);
  expect(wait).toBeLessThan(121);
});

it('and at most an hour, so that somebody hears what became of the post', async () => {
  await mastodon.setMode({ name: '503', headers: { 'retry-after': '86400' } });
  const post = await due('The lock gates are closed.');
  await send(post);
  expect(ahead((await lost(post))?.checkAt)).toBeLessThan(3_601);
});

it('asks one that answers nothing but errors less and less often, and counts each try', async () => {
  await mastodon.setMode({ name: '500' });
  const post = await due('The lock keeper is on holiday.');
  for (const [n, seconds] of [0, 10, 25, 55, 55].entries()) {
    await send(post);
    const attempt = await lost(post);
    const from = Date.now();
    await reconcile(at.context, attempt?.id ?? '');
    const { state, tries, wakeAt } = await now(post);
    expect([state, tries]).toEqual(['scheduled', n + 1]);
    // Half a second beside what the work itself took.
    expect(ahead(wakeAt)).toBeLessThan(seconds + 0.5);
    expect(ahead(wakeAt)).toBeGreaterThan(seconds - 0.5 - (Date.now() - from) / 1000);
    await at.context.database.run('UPDATE standfirst.post SET wake_at = standfirst.clock() WHERE id = $1', [post.id]);
  }
  await mastodon.setMode({ name: 'ok' });
  await send(post);
  expect((await now(post)).state).toBe('published');
  expect(mastodon.log.filter(({ text }) => text === 'The lock keeper is on holiday.')).toHaveLength(1);
});

it('goes out at once where the database was stalled for longer than its claim was waited for', async () => {
  const { context } = at;
  const post = await due('The lock keeper is back.');
  const { connectionString } = context.database.pool.options;
  await using impatient = patientFor(2_000, connectionString ?? '');
  const other = await context.database.connect();
  await other.query('BEGIN');
  await other.query('SELECT 1 FROM standfirst.post WHERE id = $1 FOR UPDATE', [post.id]);
  const tools = { ...context, database: impatient.database, ledger: openLedger(impatient.database) };
  const job = { postId: post.id, network: 'mastodon' };
  const asked = publish(tools, job, new AbortController().signal);
  await expect(asked).rejects.toSatisfy(isDatabaseAway);
  await other.query('ROLLBACK');
  await other.end();
  await sleep(500);
  // Nobody carries out any more what nobody waits for: that would be in the hands of a worker that knows nothing of it.
  expect([(await now(post)).state, await listAttempts(context.database, post.id)]).toEqual(['scheduled', []]);
  await send(post);
  expect((await now(post)).state).toBe('published');
});

it('is given back where its claim is committed after nobody waits for that any more', async () => {
  const { context } = at;
  const post = await due('The lock keeper is slow.');
  // At the commit, where no time limit of a statement holds.
  await context.database.run(
    `CREATE FUNCTION hang_at_commit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(4); RETURN NULL; END $$`,
  );
  await context.database.run(
    `CREATE CONSTRAINT TRIGGER hang AFTER INSERT ON standfirst.attempt DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION hang_at_commit()`,
  );
  const { connectionString } = context.database.pool.options;
  await using impatient = patientFor(1_000, connectionString ?? '');
  const tools = { ...context, database: impatient.database, ledger: openLedger(impatient.database) };
  const asked = publish(tools, { postId: post.id, network: 'mastodon' }, new AbortController().signal);
  await expect(asked).rejects.toThrow('Query read timeout');
  await context.database.run('DROP TRIGGER hang ON standfirst.attempt');
  expect((await listAttempts(context.database, post.id)).map(({ phase }) => phase)).toEqual(['down']);
  expect((await now(post)).state).toBe('scheduled');
  await send(post);
  expect((await now(post)).state).toBe('published');
  expect(mastodon.log.filter(({ text }) => text === 'The lock keeper is slow.')).toHaveLength(1);
}, 30_000);

function patientFor(answerWithinMs: number, connectionString: string) {
  const database = openDatabase({ connectionString, answerWithinMs });
  return { database, [Symbol.asyncDispose]: () => database.close() };
}
