import { useQuery } from '@tanstack/react-query';
import { sessionQuery } from '../api/queries.ts';
import { texts } from '../texts.ts';

/** Who decides what the member at this browser may not, in words; null for who may do it all, and before that is known. */
export function useRoleWords(): string | null {
  const scopes = useQuery(sessionQuery).data?.scopes;
  if (scopes === undefined || scopes.includes('posts:publish')) return null;
  if (scopes.includes('posts:approve')) return texts.roles.edits;
  return scopes.includes('posts:write') ? texts.roles.writes : texts.roles.reads;
}
