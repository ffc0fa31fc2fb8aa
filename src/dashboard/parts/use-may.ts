import { useQuery } from '@tanstack/react-query';
import { sessionQuery } from '../api/queries.ts';

/** Whether the member at this browser may do what asks for `scope`; not before the session is known. */
export function useMay(scope: string): boolean {
  return useQuery(sessionQuery).data?.scopes.includes(scope) === true;
}
