import { Refusal } from '../domain/errors.ts';
import type { Fault } from '../domain/errors.ts';
import type { HouseRules } from '../domain/house-rules.ts';
import { networks } from '../networks/registry.ts';
import { listAccounts } from '../store/account.ts';
import type { Sql } from '../store/database.ts';
import { getHouseRules, putHouseRules } from '../store/house-rules.ts';
import type { StoredHouseRules } from '../store/house-rules.ts';
import { knownSources } from '../store/source.ts';
import { faultsOfRules } from './house-rule-faults.ts';
import type { RulesInThemselves } from './house-rule-faults.ts';

const profiles = networks.map(({ profile }) => profile);

/** House rules, or what of them can be read: null is a place in a list that cannot. */
export interface ReadableRules extends RulesInThemselves {
  readonly auto: readonly ({ readonly sourceId: string } | null)[];
  readonly telling: { readonly mail: readonly unknown[]; readonly accounts: readonly (string | null)[] };
}

/** Sources that there are not; what the rules said before stays, so that a source that is gone holds up no other change. */
async function sourceFaults(sql: Sql, { auto }: ReadableRules): Promise<Fault[]> {
  if (auto.length === 0) return [];
  const { rules } = await getHouseRules(sql);
  const before = new Set(rules.auto.map(({ sourceId }) => sourceId));
  const added = auto.flatMap((one) => (one === null || before.has(one.sourceId) ? [] : [one.sourceId]));
  const there = await knownSources(sql, added);
  return auto.flatMap((one, index) => {
    if (one === null || before.has(one.sourceId) || there.has(one.sourceId)) return [];
    const { sourceId } = one;
    const message = `“${sourceId}” is no source: give the id of one that there is`;
    return [{ pointer: `/auto/${index}/sourceId`, code: 'unknown-source', message }];
  });
}

/**
 * Writes the next version. Posts that are there already keep their text.
 * @param canMail whether the operator has set a mail server. @throws Refusal with every fault at once. */
export async function changeHouseRules(
  sql: Sql,
  canMail: boolean,
  version: number,
  rules: HouseRules,
  actor: string,
): Promise<StoredHouseRules> {
  const faults = await faultsInHouse(sql, canMail, rules);
  if (faults.length > 0) {
    const said = faults.map(({ pointer, message }) => `${pointer} ${message}`).join('; ');
    throw new Refusal('invalid', `The house rules are not right: ${said}.`, faults);
  }
  return putHouseRules(sql, version, rules, actor);
}

/** Everything that is wrong with house rules beyond their shape, in this house. @param canMail as above. */
export async function faultsInHouse(sql: Sql, canMail: boolean, rules: ReadableRules): Promise<Fault[]> {
  return [...faultsOfRules(rules), ...(await sourceFaults(sql, rules)), ...(await tellingFaults(sql, canMail, rules))];
}

async function tellingFaults(sql: Sql, canMail: boolean, { telling }: ReadableRules): Promise<Fault[]> {
  const unmailed =
    telling.mail.length === 0 || canMail
      ? []
      : [
          {
            pointer: '/telling/mail',
            code: 'no-mail',
            message: 'cannot be used before the operator sets STANDFIRST_SMTP_URL',
          },
        ];
  if (telling.accounts.length === 0) return unmailed;
  const accounts = new Map((await listAccounts(sql)).map((account) => [account.id, account]));
  const untold = telling.accounts.flatMap((id, index) => {
    if (id === null) return [];
    const account = accounts.get(id);
    const isTold = profiles.find((profile) => profile.id === account?.network)?.powers.tells === true;
    if (isTold) return [];
    const able = profiles.filter(({ powers }) => powers.tells === true).map(({ name }) => name);
    const message =
      account === undefined ? 'is no account' : `is on a network that takes no messages: choose ${able.join(', ')}`;
    return [{ pointer: `/telling/accounts/${index}`, code: 'not-told', message }];
  });
  return [...unmailed, ...untold];
}
