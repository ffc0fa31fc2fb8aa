import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addAccount } from '../../src/pipeline/accounts.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { hold } from '../../src/pipeline/holds.ts';
import { settle } from '../../src/pipeline/post-actions.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { reconcile } from '../../src/pipeline/reconcile.ts';
import { listAttempts } from '../../src/store/attempt.ts';
import { getPost } from '../../src/store/post.ts';
import type { PostRow } from '../../src/store/post.ts';
import { orphanSent } from '../../src/store/sweep.ts';
import type { Fake } from '../fakes/fake.ts';
import { startTelegram, telegramBot } from '../fakes/telegram.ts';
import { startWebhook, webhookSecret } from '../fakes/webhook.ts';
import { startServer } from '../faults/processes.ts';
import type { Server } from '../faults/processes.ts';
import { describeBackends } from '../servers/backends.ts';
import { install, until } from './installation.ts';
import type { Installation } from './installation.ts';

/** Any number: what the worker's statement waits for, so that the moment between its commit and its answer can be met. */
const LOCK = 4_711;

describeBackends(
  'a worker that is suspended between the commit of its attempt and its answer',
  (backend) => {
    let at: Installation;
    let webhook: Fake;
    let telegram: Fake;
    let gate: pg.Client;
    let worker: Server;
    const folder = mkdtempSync(join(tmpdir(), 'standfirst-suspended-'));

    beforeAll(async () => {
      const env = { STANDFIRST_KEYS: `k1:${randomBytes(32).toString('base64')}` };
      at = await install(backend, { withWorkers: false, env });
      [webhook, telegram] = [await startWebhook(), await startTelegram()];
      gate = new pg.Client(backend.databaseUrl);
      await gate.connect();
      await gate.query(
        `CREATE FUNCTION public.wait_here() RETURNS trigger LANGUAGE plpgsql AS
           $$ BEGIN IF NEW.phase = 'sent' THEN PERFORM pg_advisory_xact_lock(${LOCK}); END IF; RETURN NEW; END $$`,
      );
      await gate.query(
        'CREATE TRIGGER wait_here BEFORE INSERT OR UPDATE ON standfirst.attempt FOR EACH ROW EXECUTE FUNCTION public.wait_here()',
      );
      const own = {
        DATABASE_URL: backend.databaseUrl,
        STANDFIRST_DATA: folder,
        STANDFIRST_ALLOW_PRIVATE: '127.0.0.0/8',
      };
      worker = await startServer({ ...own, ...env }, 'worker');
    });
    afterAll(async () => {
      await worker.kill();
      await gate.end();
      await at[Symbol.asyncDispose]();
      await webhook[Symbol.asyncDispose]();
      await telegram[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    });

    /** A post whose attempt is committed as sent, and whose worker stands still and does not know it. */
    async function suspended(network: string, credentials: object): Promise<PostRow> {
      const account = await addAccount(at.context, { network, credentials }, 'test');
      await gate.query('SELECT pg_advisory_lock($1)', [LOCK]);
      const parts = [{ text: `Once, on ${network}`, media: [], card: null }];
      const [post] = await createPosts(at.context, { parts, accountIds: [account.id], schedule: 'now' }, 'test');
      const waiting = `SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = ${LOCK}`;
      await until('the worker waits for its commit', async () => (await gate.query(waiting)).rowCount !== 0);
      worker.signal('SIGSTOP');
      await gate.query('SELECT pg_advisory_unlock($1)', [LOCK]);
      await until('the commit', async () => (await phases(post as PostRow)).includes('sent'));
      return post as PostRow;
    }
    const phases = async ({ id }: PostRow): Promise<string[]> =>
      (await listAttempts(at.context.database, id)).map(({ phase }) => phase);

    it('lets nothing leave that was held while it stood', async () => {
      const post = await suspended('webhook', { url: `${webhook.url}/in`, secret: webhookSecret });
      await hold(at.context, { scope: 'account', target: post.accountId, reason: 'The lawyer calls.' }, 'ed');
      await sleep(2_000);
      worker.signal('SIGCONT');
      await until('what was suspended gives its post back', async () => !(await phases(post)).includes('sent'));
      expect(webhook.log).toEqual([]);
      expect((await getPost(at.context.database, post.id))?.state).toBe('scheduled');
    });

    it('sends nothing that another has sent since', async () => {
      const post = await suspended('telegram', { ...telegramBot, server: telegram.url });
      await until('the worker counts as dead', async () => (await orphanSent(at.context.database)).length > 0);
      for (const { attemptId } of await orphanSent(at.context.database)) await reconcile(at.context, attemptId);
      expect((await getPost(at.context.database, post.id))?.state).toBe('unknown');
      await settle(at.context, post.id, null, { there: false }, 'ed');
      await publish(at.context, { postId: post.id, network: 'telegram' }, new AbortController().signal);
      expect(telegram.log).toHaveLength(1);
      worker.signal('SIGCONT');
      // Whatever it does, it does at once.
      await sleep(3_000);
      expect(telegram.log).toHaveLength(1);
      expect((await getPost(at.context.database, post.id))?.state).toBe('published');
    });
  },
  ['postgres'],
);
