import { queryOptions } from '@tanstack/react-query';
import { post } from './client.ts';
import type { Choice, Correction } from './types.ts';
import { getAll } from './queries.ts';
import { queryClient } from './query-client.ts';

/** Its end makes an event; a post that fails on the way makes none. */
const WHILE_CARRIED_OUT_MS = 2_000;

/** Where a new post waits for its account or for a person. */
const WHILE_IT_WAITS_MS = 15_000;

/**
 * Those that are not done, the newest first. One answer for all of them: between two, one that begins to be carried out
 * would be in neither.
 */
export const correctionsQuery = queryOptions({
  queryKey: ['corrections'],
  queryFn: async ({ signal }) => (await getAll<Correction>('/v1/corrections?state=unfinished', 200, signal)).items,
  refetchInterval: ({ state }) => {
    if (state.data?.some((one) => one.state === 'carrying-out') === true) return WHILE_CARRIED_OUT_MS;
    return state.data?.some((one) => one.state === 'done') === true ? WHILE_IT_WAITS_MS : false;
  },
});

/** Posts that are not named are corrected by their plan. */
export async function carryOut(id: string, choices: readonly Choice[]): Promise<void> {
  try {
    await post(`/v1/corrections/${id}/carry-out`, { choices });
  } finally {
    void queryClient.invalidateQueries({ queryKey: ['corrections'] });
    void queryClient.invalidateQueries({ queryKey: ['posts'] });
  }
}
