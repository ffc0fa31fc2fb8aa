import { Refusal } from '../domain/errors.ts';
import type { Fault } from '../domain/errors.ts';
import { ofNetwork } from '../domain/house-rules.ts';
import type { HouseRules } from '../domain/house-rules.ts';
import { networks } from '../networks/registry.ts';
import { listAccounts } from '../store/account.ts';
import type { Sql } from '../store/database.ts';
import { putHouseRules } from '../store/house-rules.ts';
import type { StoredHouseRules } from '../store/house-rules.ts';
import { templateFault } from '../text/template.ts';

const profiles = networks.map(({ profile }) => profile);

/** What is wrong with house rules beyond their shape: networks that there are not, and templates that leave no room. */
export function faultsOfRules(rules: Pick<HouseRules, 'utm' | 'signatures' | 'templates'>): Fault[] {
  const faults: Fault[] = [];
  for (const field of ['utm', 'signatures', 'templates'] as const) {
    for (const network of Object.keys(rules[field])) {
      if (network === '*' || profiles.some(({ id }) => id === network)) continue;
      const message = `is none of our networks: ${profiles.map(({ id }) => id).join(', ')}, or * for all`;
      faults.push({ pointer: `/${field}/${network}`, code: 'unknown-network', message });
    }
  }
  for (const [key, template] of Object.entries(rules.templates)) {
    const meant = profiles.filter(({ id }) => id === key || (key === '*' && !Object.hasOwn(rules.templates, id)));
    const found = meant.map((profile) =>
      templateFault(template, ofNetwork(rules.signatures, profile.id) ?? '', profile),
    );
    const message = found.find((fault) => fault !== null);
    if (message != null) faults.push({ pointer: `/templates/${key}`, code: 'template', message });
  }
  return faults;
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
  const faults = [...faultsOfRules(rules), ...(await tellingFaults(sql, canMail, rules))];
  if (faults.length > 0) {
    const said = faults.map(({ pointer, message }) => `${pointer} ${message}`).join('; ');
    throw new Refusal('invalid', `The house rules are not right: ${said}.`, faults);
  }
  return putHouseRules(sql, version, rules, actor);
}

async function tellingFaults(sql: Sql, canMail: boolean, { telling }: HouseRules): Promise<Fault[]> {
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
