import { queryClient } from '../../api/query-client.ts';
import { done, failed, noteUnderWay } from '../../shell/undo.tsx';

/**
 * Does one thing, says how it ended, and asks anew for what it changed.
 * @param touches first word of the query keys. @returns whether it was done.
 */
export async function attempt(
  what: string,
  touches: string,
  work: () => Promise<unknown>,
  sentence: string | null = null,
): Promise<boolean> {
  try {
    await noteUnderWay(work());
    if (sentence !== null) done(sentence);
    return true;
  } catch (error) {
    failed(what, error);
    return false;
  } finally {
    void queryClient.invalidateQueries({ queryKey: [touches] });
  }
}
