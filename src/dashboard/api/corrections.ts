import { queryOptions } from '@tanstack/react-query';
import { post } from './client.ts';
import type { Choice, Correction } from './types.ts';
import { getAll } from './queries.ts';
import { queryClient } from './query-client.ts';

/** Its end makes an event; a post that fails on the way makes none. */
const WHILE_CARRIED_OUT_MS = 2_000;

/** Those that are not done, the newest first. */
export const correctionsQuery = queryOptions({
  queryKey: ['corrections'],
  queryFn: async ({ signal }) => {
    const [open, carried] = await Promise.all([
      getAll<Correction>('/v1/corrections?state=open', 200, signal),
      getAll<Correction>('/v1/corrections?state=carrying-out', 200, signal),
    ]);
    return [...carried.items, ...open.items];
  },
  refetchInterval: ({ state }) =>
    state.data?.some((one) => one.state === 'carrying-out') === true ? WHILE_CARRIED_OUT_MS : false,
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
