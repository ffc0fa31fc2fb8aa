import { useQuery } from '@tanstack/react-query';
import { articleQuery } from '../api/queries.ts';
import type { Article } from '../api/types.ts';
import { useLeaving } from '../shell/leaving.ts';
import { likenessOf } from './likeness.ts';

/** The story that an article may be a copy of; null where nobody has to tell the two apart, or somebody just did. */
export function useLikeness(articleId: string | null): Article['possibleDuplicate'] {
  const { data } = useQuery({ ...articleQuery(articleId ?? ''), enabled: articleId !== null });
  const isTold = useLeaving().has(articleId ?? '');
  return data === undefined || data.id !== articleId || isTold ? null : likenessOf(data);
}
