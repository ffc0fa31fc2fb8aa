import { useQuery } from '@tanstack/react-query';
import { sessionQuery } from '../api/queries.ts';
import type { Session } from '../api/types.ts';

/** Whether the member at this browser may do what asks for `scope`; not before the session is known. */
export function useMay(scope: Session['scopes'][number]): boolean {
  return useQuery(sessionQuery).data?.scopes.includes(scope) === true;
}
