import type { Fault } from '../domain/errors.ts';
import { Refusal } from '../domain/errors.ts';
import { listAccounts } from '../store/account.ts';
import type { Sql } from '../store/database.ts';

/**
 * Every id must be an account that was not removed.
 * @param at where they stand in the request.
 * @throws Refusal `invalid` with one fault for each that is not.
 */
export async function checkAccountIds(
  sql: Sql,
  accountIds: readonly string[] | undefined,
  at = '/accountIds',
): Promise<void> {
  if (accountIds === undefined) return;
  const known = new Set((await listAccounts(sql)).map((account) => account.id));
  const faults: Fault[] = accountIds.flatMap((id, index) =>
    known.has(id)
      ? []
      : [
          {
            pointer: `${at}/${index}`,
            code: 'not-found',
            message: `There is no account ${id}: take the id from the list of accounts.`,
          },
        ],
  );
  if (faults.length > 0) throw new Refusal('invalid', faults.map((fault) => fault.message).join(' '), faults);
}
