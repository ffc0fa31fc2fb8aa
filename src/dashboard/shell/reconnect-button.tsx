import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Account } from '../api/types.ts';
import { useMay } from '../parts/use-may.ts';
import { useWhere } from '../parts/use-networks.ts';
import { texts } from '../texts.ts';
import { reconnect } from './mend.ts';

/** Gives an account what it signs in with anew. Not there for who may not, nor on our own network, which asks for nothing. */
export function ReconnectButton({ account, isUrgent }: { account: Account; isUrgent: boolean }): ReactNode {
  const mayManage = useMay('accounts:manage');
  const { network } = useWhere()(account.id, account.network);
  if (!mayManage || network === undefined || network.isSandbox) return null;
  return (
    <Button
      size="compact-sm"
      variant={isUrgent ? 'filled' : 'default'}
      aria-label={texts.connect.reconnectOne(account.name)}
      onClick={() => void reconnect(account)}
    >
      {texts.connect.reconnect}
    </Button>
  );
}
