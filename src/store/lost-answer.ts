import { isDatabaseAway } from './database.ts';
import type { Sql } from './database.ts';

/** What the server gives up it has not carried out: https://www.postgresql.org/docs/18/errcodes-appendix.html (query_canceled). */
const GIVEN_UP = '57014';

/** Whether a write failed so that nobody knows if it was committed, or still will be. */
export function isAnswerLost(error: unknown): boolean {
  return isDatabaseAway(error) && (error as { code?: unknown }).code !== GIVEN_UP;
}

/**
 * Returns once no transaction is under way that writes the post, or tells anything of it: whoever looks after this sees
 * what became of a write of which the answer was lost. A commit that hangs (a full disk queue, a standby that is waited for)
 * is under no time limit, is seen by nobody, and holds its locks; to wait for them is to know.
 * @throws where it takes longer than a statement may, as `isDatabaseAway`: to be asked again.
 */
export async function outwaitWriters(sql: Sql, postId: string): Promise<void> {
  await sql.run(`SELECT id FROM standfirst.post WHERE id = $1 FOR UPDATE`, [postId]);
}
