import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { addAccount } from '../../src/pipeline/accounts.ts';
import type { Sql } from '../../src/store/database.ts';
import { twinsWith } from '../../src/store/repeats.ts';
import type { TwinAsk } from '../../src/store/repeats.ts';
import { describeBackends } from '../servers/backends.ts';
import { install } from '../line/installation.ts';
import type { Installation } from '../line/installation.ts';

const TEXTS = 60;
const OTHERS = 20;
const AT = new Date('2031-05-04T06:00:00Z');

describeBackends(
  'the look for posts with one of the same texts',
  (backend) => {
    let at: Installation;
    /** Of every text one, on the first account; the others have the first text each. */
    const accounts: string[] = [];
    beforeAll(async () => {
      at = await install(backend, { withWorkers: false });
      accounts.push(at.sandbox.id);
      for (let n = 1; n <= OTHERS; n++)
        accounts.push(
          (await addAccount(at.context, { network: 'sandbox', name: `No ${n}`, credentials: {} }, 'test')).id,
        );
      await at.context.database.run(
        `WITH given AS (
           SELECT 'post_of-' || CASE WHEN n <= $2 THEN 'first-' || n ELSE 'other-' || n - $2 END AS id,
                  CASE WHEN n <= $2 THEN n ELSE 1 END AS text, ($1::text[])[greatest(1, n - $2 + 1)] AS account
             FROM generate_series(1, $2::int + $3::int) AS n
         ), post AS (
           INSERT INTO standfirst.post (id, account_id, network, state, approved_hash, due_at, wake, created_by)
           SELECT id, account, 'sandbox', 'scheduled', 'twin', $4, 1, 'test' FROM given
         )
         INSERT INTO standfirst.post_revision (post_id, n, parts, hash)
         SELECT id, 1, jsonb_build_array(jsonb_build_object('text', 'Ferry ' || text)), 'twin' FROM given`,
        [accounts, TEXTS, OTHERS, AT],
      );
    });
    afterAll(() => at[Symbol.asyncDispose]());

    const ask = (accountId: string | undefined, text: number, postId: string | null = null): TwinAsk => {
      return { accountId: accountId ?? '', postId, texts: [`Ferry ${text}`], at: AT, lastOnly: false };
    };
    /** How often the texts of a post were worked out, on this connection. */
    async function callsOn(sql: Sql): Promise<number> {
      const seen = await sql.one(
        z.object({ calls: z.number() }),
        `SELECT coalesce(sum(calls), 0)::int AS calls FROM pg_stat_xact_user_functions WHERE funcname = 'text_keys'`,
      );
      return seen?.calls ?? Infinity;
    }
    async function look(asks: readonly TwinAsk[]): Promise<{ found: string[][]; worked: number }> {
      return at.context.database.transaction(async (sql) => {
        await sql.run(`SET LOCAL track_functions = 'all'`);
        const before = await callsOn(sql);
        const found = await twinsWith(sql, asks);
        const worked = (await callsOn(sql)) - before;
        return { found: found.map((twins) => twins.map(({ where }) => where)), worked };
      });
    }

    it('answers each ask, its own post aside, and works out the texts of a post once for all of them', async () => {
      const asks = Array.from({ length: TEXTS }, (_, n) => ask(accounts[0], n + 1, n === 0 ? 'post_of-first-1' : null));
      const { found, worked } = await look(asks);
      expect(found).toEqual([[], ...Array.from({ length: TEXTS - 1 }, (_, n) => [`post_of-first-${n + 2}`])]);
      expect(worked).toBeGreaterThan(0);
      expect(worked).toBeLessThanOrEqual(TEXTS + OTHERS);
    });

    it('works out nothing for the other accounts that have the text', async () => {
      const { found, worked } = await look([ask(accounts[3], 1)]);
      expect(found).toEqual([['post_of-other-3']]);
      expect(worked).toBe(1);
    });
  },
  ['postgres', 'embedded'],
);
