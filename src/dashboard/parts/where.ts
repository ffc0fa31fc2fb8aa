import type { Limits } from '../../domain/limits.ts';
import type { Account, Network } from '../api/types.ts';

/** What the screens need to know of the account of a post. */
export interface Where {
  readonly account: Account | undefined;
  readonly network: Network | undefined;
  /** As people write them, also before the lists are there. */
  readonly accountName: string;
  readonly networkName: string;
  readonly limits: Limits | null;
}
