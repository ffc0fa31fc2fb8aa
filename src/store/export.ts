import type { Database } from './database.ts';
import { backupTables } from './backup-tables.ts';
import { lineOf, rowsOf } from './backup.ts';
import { maskedIn } from '../text/masked-address.ts';

/** How a table is shown to whoever may read, but not act. */
interface Shown {
  /** Columns that are a secret, or its hash, or good for signing in only. */
  readonly without?: readonly string[];
  /** Its texts hold addresses that may carry a key: every address is masked, or those alone that hold one. */
  readonly mask?: 'addresses' | 'keys';
}

/** What people wrote, what was decided, who did it, and what became of it. */
export const exported: Readonly<Record<string, Shown>> = {
  account: { without: ['credentials'], mask: 'keys' },
  api_key: { without: ['hash', 'previous_hash'] },
  article: { mask: 'keys' },
  attempt: { without: ['frozen'] },
  audit: { mask: 'keys' },
  audit_change: { mask: 'keys' },
  audit_link: {},
  comment: {},
  correction: {},
  correction_post: {},
  cost: {},
  decision: { mask: 'keys' },
  delivery: { mask: 'keys' },
  delivery_try: {},
  endpoint: { without: ['secret', 'old_secret'], mask: 'addresses' },
  event: { mask: 'keys' },
  hold: {},
  house_rules: {},
  media: { mask: 'keys' },
  media_use: {},
  member: { without: ['password_hash'] },
  notice: {},
  passkey: { without: ['credential_id', 'public_key'] },
  post: {},
  post_revision: {},
  recurrence: {},
  share: { without: ['token_hash'] },
  source: { mask: 'addresses' },
  step: {},
  story: {},
  story_key: {},
  subscription: { without: ['token', 'secret'], mask: 'addresses' },
  summary: {},
  timeline: {},
};

/** Tables that say nothing to a reader, each with the reason. A new table stands here or above: a test compares both with the catalog. */
export const notExported: Readonly<Record<string, string>> = {
  connection: 'a consent in progress: sealed, and over within minutes',
  event_reader: 'a position of this installation’s own workers',
  idempotency: 'copies of answers, for a day; what they did is in the other tables',
  migration: 'which version the tables have',
  outcome_total: 'counters for Prometheus, of what the events and posts say',
  passkey_challenge: 'a sign-in in progress',
  refused_entry: 'counted for minutes; what comes of it is in the audit',
  session: 'who is signed in just now; the sign-ins are in the audit',
  setting: 'notes of the installation to itself, one of them sealed',
  sign_in_link: 'hashes of links that sign somebody in',
  trace_mark: 'where a trace goes on',
  try: 'counters of limits, for minutes',
  worker: 'processes of this installation that run just now',
};

/** Writes what people may read elsewhere, as the lines of a backup without its first and last; no secret is in it. @returns how many rows. */
export function writeExport(database: Database, write: (line: string) => Promise<void>): Promise<number> {
  return database.transaction(async (sql) => {
    await sql.run('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    let rows = 0;
    for (const table of await backupTables(sql)) {
      const shown = exported[table.name];
      if (shown === undefined) continue;
      const columns = table.columns.filter((column) => !shown.without?.includes(column));
      for await (const row of rowsOf(sql, { ...table, columns })) {
        rows++;
        await write(lineOf(table, shown.mask === undefined ? row : masked(row, shown.mask)));
      }
    }
    return rows;
  });
}

function masked(row: string, how: 'addresses' | 'keys'): string {
  return JSON.stringify(maskedIn(JSON.parse(row) as unknown, { onlyKeys: how === 'keys' }));
}
