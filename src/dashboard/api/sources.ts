import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { IntakeRules, ItemOutcome } from '../../domain/source.ts';
import { ask, get, post } from './client.ts';
import { getAll } from './queries.ts';
import { queryClient } from './query-client.ts';
import type { Decision, GivenSource, Page, RuleTrial, Source, SourceImport, SourcePreview } from './types.ts';

/** Sources: what the screens ask of them, and what can be done with them. */

/** A poll makes no event, so the list is asked again by itself. */
const LOOK_AGAIN_MS = 10_000;

export const sourcesQuery = queryOptions({
  queryKey: ['sources'],
  queryFn: async ({ signal }) => (await getAll<Source>('/v1/sources', 1_000, signal)).items,
  refetchInterval: LOOK_AGAIN_MS,
});

export function decisionsQuery(sourceId: string, outcome: ItemOutcome | null) {
  return infiniteQueryOptions({
    queryKey: ['decisions', sourceId, outcome],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ limit: '20' });
      if (outcome !== null) query.set('outcome', outcome);
      if (pageParam !== null) query.set('cursor', pageParam);
      return get<Page<Decision>>(`/v1/sources/${sourceId}/decisions?${query}`, signal);
    },
    getNextPageParam: (page) => page.nextCursor,
  });
}

/** Reads a source without keeping it. */
export function sourcePreviewQuery(given: GivenSource | null) {
  const { name: _name, ...place } = given ?? { kind: 'push', settings: {} };
  return queryOptions({
    queryKey: ['source-preview', place],
    queryFn: () => post<SourcePreview>('/v1/source-previews', place),
    enabled: given !== null,
    retry: false,
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });
}

export function ruleTrialQuery(sourceId: string | null, rules: IntakeRules) {
  return queryOptions({
    queryKey: ['rule-trial', sourceId, rules],
    queryFn: () => post<RuleTrial>(`/v1/sources/${sourceId}/rule-trials`, { rules }),
    enabled: sourceId !== null,
    retry: false,
    placeholderData: keepPreviousData,
  });
}

export function addSource(given: GivenSource): Promise<Source> {
  return told(post('/v1/sources', given));
}

export function changeSource(id: string, version: number, { kind: _kind, ...change }: GivenSource): Promise<Source> {
  return told(ask('PATCH', `/v1/sources/${id}`, { body: change, version }));
}

export function removeSource(id: string): Promise<void> {
  return told(ask('DELETE', `/v1/sources/${id}`));
}

export function turnSource(id: string, verb: 'poll' | 'pause' | 'resume'): Promise<Source> {
  return told(post(`/v1/sources/${id}/${verb}`));
}

export function promoteItem(decisionId: string): Promise<{ articleId: string }> {
  return told(post(`/v1/decisions/${decisionId}/promote`));
}

export function importSources(opml: string): Promise<SourceImport> {
  return told(post('/v1/source-imports', { opml }));
}

/** Whatever was done, or was not: what the server has is asked for. */
async function told<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } finally {
    for (const key of ['sources', 'decisions', 'articles']) {
      void queryClient.invalidateQueries({ queryKey: [key] });
    }
  }
}
