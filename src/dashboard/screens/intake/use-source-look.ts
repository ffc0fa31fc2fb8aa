import { useDebouncedValue } from '@mantine/hooks';
import type { UseQueryResult } from '@tanstack/react-query';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { sourcePreviewQuery } from '../../api/sources.ts';
import type { SourcePreview } from '../../api/types.ts';
import type { Draft } from './draft.ts';
import { givenOf, isReadable } from './draft.ts';

/** Looking waits until the typing rests: a look reads somebody's server. */
const REST_MS = 700;

export interface SourceLook {
  readonly query: UseQueryResult<SourcePreview>;
  /** What came of looking at exactly what is typed; `open` where nobody has looked at that yet. */
  readonly outcome: 'open' | 'seen' | 'failed';
  /** Looks at once, without waiting for a rest. */
  readonly now: () => void;
  /** Whether somebody asked for it, and waits for what comes of it. */
  readonly isAsked: boolean;
}

/** What a source that is not added yet has: looked at when the typing rests, or when somebody asks. */
export function useSourceLook(draft: Draft): SourceLook {
  const given = isReadable(draft) ? givenOf(draft) : null;
  const place = JSON.stringify({ ...given, name: '' });
  const [rested] = useDebouncedValue(place, REST_MS);
  const [asked, setAsked] = useState<string | null>(null);
  const isWanted = rested === place || asked === place;
  const options = sourcePreviewQuery(given);
  const query = useQuery({ ...options, enabled: given !== null && isWanted });
  const { isFetching, isPlaceholderData, isSuccess, isError } = query;
  const isDone = given !== null && !isFetching && !isPlaceholderData;
  return {
    query,
    outcome: isDone && isError ? 'failed' : isDone && isSuccess ? 'seen' : 'open',
    now: () => setAsked(place),
    isAsked: asked === place,
  };
}
