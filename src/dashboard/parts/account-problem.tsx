import type { ReactNode } from 'react';
import { causes } from '../../domain/errors.ts';
import type { Cause } from '../../domain/errors.ts';
import type { Account } from '../api/types.ts';
import { setupTexts } from '../texts/setup.ts';
import { NetworkSaid } from './network-said.tsx';

/** What is wrong with an account: in our words, and what a network answered behind a fold. */
export function AccountProblem({ account }: { account: Account }): ReactNode {
  const { cause, kind, detail } = account.problem ?? {};
  if (typeof detail !== 'string') return null;
  // Only what a network has refused has a kind. An end that is near and a permission that lacks are told by ourselves.
  const words = typeof kind === 'string' && String(cause) in causes ? causes[cause as Cause] : null;
  return (
    <>
      {words === null ? detail : `${words.sentence} ${words.action}`} {cause === 'permission' && setupTexts.lacks}
      {words !== null && <NetworkSaid detail={detail} />}
    </>
  );
}
