import { noHouseRules } from '../domain/house-rules.ts';
import type { HouseRules } from '../domain/house-rules.ts';
import { accountColumns, accountRow } from './account.ts';
import type { AccountRow } from './account.ts';
import type { Sql } from './database.ts';
import { houseRules } from './house-rules.ts';

const houseAccountRow = accountRow.extend({ rules: houseRules.nullable() });

/**
 * What every new post is checked against, in one statement: those of these accounts that are not removed, and the rules of the
 * house they belong to.
 */
export async function accountsWithRules(
  sql: Sql,
  ids: readonly string[],
): Promise<{ accounts: Map<string, AccountRow>; rules: HouseRules }> {
  const rows = await sql.many(
    houseAccountRow,
    `SELECT ${accountColumns}, rules
       FROM standfirst.account LEFT JOIN (SELECT rules FROM standfirst.house_rules ORDER BY version DESC LIMIT 1) AS newest ON true
      WHERE state <> 'removed' AND id = ANY ($1)`,
    [ids],
    'accounts-with-rules',
  );
  const accounts = new Map(rows.map((row) => [row.id, row as AccountRow]));
  return { accounts, rules: rows[0]?.rules ?? noHouseRules };
}
