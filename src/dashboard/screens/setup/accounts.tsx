import { Alert, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { ask } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import { accountsQuery, networksQuery } from '../../api/queries.ts';
import { limitsOf } from '../../api/types.ts';
import type { Account, Network } from '../../api/types.ts';
import { AccountName } from '../../parts/account-name.tsx';
import { AccountProblem } from '../../parts/account-problem.tsx';
import { Bones } from '../../parts/bones.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Guard } from '../../parts/guard.tsx';
import { dollarsOf } from '../../parts/money.ts';
import { keptAs } from '../../parts/kept.ts';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { ReconnectButton } from '../../shell/reconnect-button.tsx';
import { Time, useNow } from '../../shell/time.tsx';
import { done, failed } from '../../shell/undo.tsx';
import { texts } from '../../texts.ts';
import { setupTexts } from '../../texts/setup.ts';
import { rulesTexts } from '../../texts/rules.ts';
import { AccountSettings, settingsSlot } from './account-settings.tsx';
import { AddAccount } from './add-account.tsx';
import { attempt } from './attempt.ts';
import css from './setup.module.css';
import { typesName } from './types-name.ts';

/** Where posts go, and whether each account can be used. */
export function Accounts({ canManage }: { canManage: boolean }): ReactNode {
  const query = useQuery(accountsQuery);
  const { data: networks = [], isFetched } = useQuery(networksQuery);
  // Each row is as high as what its network says of it, so that none moves away from the pointer.
  const isWaiting = !query.isFetched || !isFetched;
  const live = isWaiting ? [] : (query.data ?? []).filter((account) => account.state !== 'removed');
  const [isAdding, setIsAdding] = useState(false);
  return (
    <>
      {isWaiting && <Bones rows={2} />}
      {query.error !== null && query.data === undefined && (
        <ProblemCard error={query.error} onRetry={() => void query.refetch()} />
      )}
      {live.length === 0 && !isWaiting && query.data !== undefined && (
        <Empty title={setupTexts.noAccounts} why={setupTexts.noAccountsWhy} />
      )}
      <ul className={css.accounts}>
        {live.map((account) => (
          <AccountRow
            key={account.id}
            account={account}
            network={networks.find((one) => one.id === account.network)}
            canManage={canManage}
          />
        ))}
      </ul>
      {canManage && !isAdding && !isWaiting && <Button onClick={() => setIsAdding(true)}>{setupTexts.add}</Button>}
      {isAdding && (
        <Guard>
          <AddAccount networks={networks} onClose={() => setIsAdding(false)} />
        </Guard>
      )}
    </>
  );
}

interface AccountRowProps {
  readonly account: Account;
  readonly network: Network | undefined;
  readonly canManage: boolean;
}

function AccountRow({ account, network, canManage }: AccountRowProps): ReactNode {
  const now = useNow(10_000);
  const [isBusy, setIsBusy] = useState(false);
  // Changes that were begun and not saved are in sight.
  const [isOpen, setIsOpen] = useState(() => canManage && keptAs(settingsSlot(account)) !== null);
  const limits = limitsOf(account, network);
  const check = async (): Promise<void> => {
    setIsBusy(true);
    try {
      const after = await ask<Account>('POST', `/v1/accounts/${account.id}/check`, { body: {} });
      if (after.state === 'connected') done(setupTexts.checked(after.name));
    } catch (error) {
      failed(setupTexts.test, error);
    } finally {
      setIsBusy(false);
      void queryClient.invalidateQueries({ queryKey: ['accounts'] });
    }
  };
  const remove = async (): Promise<void> => {
    const { removeTitle, removeLabel, removed } = setupTexts;
    if (!(await typesName(removeTitle, removeLabel(account.name), account.name, setupTexts.remove))) return;
    await attempt(setupTexts.remove, 'accounts', () => ask('DELETE', `/v1/accounts/${account.id}`), removed);
  };
  return (
    <li>
      <div className={css.accountHead}>
        <div>
          <strong>
            <AccountName name={account.name} />
          </strong>{' '}
          <span className={css.muted}>{network?.name ?? account.network}</span>
        </div>
        <span className={css.badge} data-state={account.state}>
          {setupTexts.accountStates[account.state]}
        </span>
        {canManage && (
          <>
            <Button size="compact-sm" variant="default" loading={isBusy} onClick={() => void check()}>
              {setupTexts.test}
            </Button>
            <ReconnectButton account={account} isUrgent={account.state !== 'connected'} />
            <Button
              size="compact-sm"
              variant="default"
              aria-expanded={isOpen}
              aria-label={rulesTexts.settingsOf(account.name)}
              onClick={() => setIsOpen(!isOpen)}
            >
              {rulesTexts.settings}
            </Button>
            <Button size="compact-sm" variant="subtle" color="red" onClick={() => void remove()}>
              {setupTexts.remove}
            </Button>
          </>
        )}
      </div>
      <div className={css.muted}>
        {limits !== null && setupTexts.limits(limits.text.max, texts.units[limits.text.unit])}
        {account.spentMicroUsd > 0 && ` · ${setupTexts.spent(dollarsOf(account.spentMicroUsd))}`}
        {account.expiresAt !== null && (
          <>
            {' · '}
            {setupTexts.expires} <Time of={account.id} at={account.expiresAt} />
          </>
        )}
        {account.blockedUntil !== null && new Date(account.blockedUntil) > now && (
          <>
            {' · '}
            {setupTexts.waitsUntil} <Time of={account.id} at={account.blockedUntil} />
          </>
        )}
      </div>
      {account.problem !== null && (
        <Alert color={account.state === 'connected' ? 'yellow' : 'red'} mt={6}>
          <AccountProblem account={account} />
        </Alert>
      )}
      {isOpen && (
        <Guard>
          <AccountSettings account={account} onClose={() => setIsOpen(false)} />
        </Guard>
      )}
    </li>
  );
}
