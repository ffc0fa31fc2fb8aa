import { z } from 'zod';
import { noHouseRules } from '../domain/house-rules.ts';
import type { HouseRules } from '../domain/house-rules.ts';
import { accountColumns, accountRow } from './account.ts';
import type { AccountRow } from './account.ts';
import type { Sql } from './database.ts';
import { houseRules } from './house-rules.ts';

/**
 * Changes with the account's row and with the rules of its house; by their times too, because a database that fell back to an
 * earlier state counts the same numbers again. SQL; `account` must be in scope.
 */
export const HOUSE_MARK = `account.xmin::text || ' ' || account.updated_at::text || ' ' ||
  coalesce((SELECT version::text || ' ' || changed_at::text FROM standfirst.house_rules ORDER BY version DESC LIMIT 1), '')`;

/** What every new post is checked against. */
export interface House {
  /** Those that were asked for and are not removed. */
  readonly accounts: ReadonlyMap<string, AccountRow>;
  readonly rules: HouseRules;
  /** By account: `HOUSE_MARK` as it was when this was read. */
  readonly marks: ReadonlyMap<string, string>;
}

const houseAccountRow = accountRow.extend({ rules: houseRules.nullable(), mark: z.string() });

/** Accounts and the rules of the house they belong to, in one statement. */
export async function houseOf(sql: Sql, ids: readonly string[]): Promise<House> {
  const rows = await sql.many(
    houseAccountRow,
    `SELECT ${accountColumns}, rules, ${HOUSE_MARK} AS mark
       FROM standfirst.account LEFT JOIN (SELECT rules FROM standfirst.house_rules ORDER BY version DESC LIMIT 1) AS newest ON true
      WHERE state <> 'removed' AND id = ANY ($1)`,
    [ids],
    'house-of',
  );
  return {
    accounts: new Map(rows.map((row) => [row.id, row as AccountRow])),
    rules: rows[0]?.rules ?? noHouseRules,
    marks: new Map(rows.map(({ id, mark }) => [id, mark])),
  };
}

/** More than anybody has; then it begins anew. */
const MOST_REMEMBERED = 10_000;

/** What was read last of each account. Whoever writes by it has the statement compare the marks: it may be past. */
export class HouseMemory {
  readonly #known = new Map<string, { account: AccountRow; rules: HouseRules; mark: string }>();

  /** @returns null where one of them is not remembered. */
  recall(ids: readonly string[]): House | null {
    const known = ids.flatMap((id) => this.#known.get(id) ?? []);
    const [first] = known;
    if (first === undefined || known.length < ids.length) return null;
    return {
      accounts: new Map(known.map(({ account }) => [account.id, account])),
      rules: first.rules,
      marks: new Map(known.map(({ account, mark }) => [account.id, mark])),
    };
  }

  keep({ accounts, rules, marks }: House): void {
    if (this.#known.size > MOST_REMEMBERED) this.#known.clear();
    for (const [id, account] of accounts) this.#known.set(id, { account, rules, mark: marks.get(id) ?? '' });
  }
}
