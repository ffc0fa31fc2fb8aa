import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { accountsQuery } from '../../api/queries.ts';
import { AccountName } from '../../parts/account-name.tsx';
import { ReconnectButton } from '../../shell/reconnect-button.tsx';
import { Time } from '../../shell/time.tsx';
import { setupTexts } from '../../texts/setup.ts';
import { healthTexts } from '../../texts/health.ts';
import css from './health.module.css';

const TWO_WEEKS_MS = 14 * 24 * 3_600_000;

/** Accounts whose token runs out soon or has run out, the first to do so on top, each with the way to renew it. */
export function Tokens({ now }: { now: number }): ReactNode {
  const accounts = useQuery(accountsQuery).data;
  const ending = (accounts ?? [])
    .flatMap((account) => {
      if (account.state === 'removed') return [];
      const at = account.expiresAt === null ? Infinity : new Date(account.expiresAt).getTime();
      return account.state === 'signed-out' || at - now < TWO_WEEKS_MS ? [{ account, at }] : [];
    })
    .toSorted((one, other) => one.at - other.at);
  return (
    <section className={css.foundations} aria-labelledby="tokens">
      <h2 id="tokens">{healthTexts.tokens}</h2>
      {accounts !== undefined && ending.length === 0 && <p className={css.muted}>{healthTexts.noTokens}</p>}
      <ul>
        {ending.map(({ account, at }) => (
          <li key={account.id} className={css.token}>
            <strong>
              <AccountName name={account.name} />
            </strong>
            <span className={at <= now || account.state === 'signed-out' ? css.broken : ''}>
              {account.state === 'signed-out' ? setupTexts.accountStates[account.state] : setupTexts.expires}
              {account.expiresAt !== null && account.state !== 'signed-out' && (
                <>
                  {' '}
                  <Time of={account.id} at={account.expiresAt} />
                </>
              )}
            </span>
            <ReconnectButton account={account} isUrgent={at <= now || account.state === 'signed-out'} />
          </li>
        ))}
      </ul>
    </section>
  );
}
