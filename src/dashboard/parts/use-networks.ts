import { useQuery } from '@tanstack/react-query';
import { accountsQuery, networksQuery } from '../api/queries.ts';
import { limitsOf } from '../api/types.ts';
import type { Where } from './where.ts';

/** Tells of a post's account what the screens need: names, rules, powers. */
export function useWhere(): (accountId: string, networkId: string) => Where {
  const accounts = useQuery(accountsQuery).data;
  const networks = useQuery(networksQuery).data;
  return (accountId, networkId) => {
    const account = accounts?.find((one) => one.id === accountId);
    const network = networks?.find((one) => one.id === networkId);
    return {
      account,
      network,
      accountName: account?.name ?? '…',
      networkName: network?.name ?? networkId,
      limits: limitsOf(account, network),
    };
  };
}

/** Whether that is known as far as it will be: before it is, a post is drawn without its meter and by other rules. */
export function useIsWhereKnown(): boolean {
  const [accounts, networks] = [useQuery(accountsQuery), useQuery(networksQuery)];
  return accounts.isFetched && networks.isFetched;
}
