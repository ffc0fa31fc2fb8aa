import { actionOf } from '../api/actions.ts';
import { ApiError } from '../api/client.ts';
import { accountsQuery, sessionQuery } from '../api/queries.ts';
import { queryClient } from '../api/query-client.ts';
import type { Post, Session } from '../api/types.ts';
import { texts } from '../texts.ts';
import type { About } from './dialogs.tsx';
import { failed, noteUnderWay } from './undo.tsx';
import { isOfTime } from './with-time.ts';
import type { OnRefused } from './with-time.ts';

/** What the verbs of a post have in common; the verbs themselves stand in `decide.ts`, `timing.ts`, `withdraw.ts`, `mend.ts`. */

type Named = keyof typeof actionOf;

/** The API answers one after the other in the time of four side by side. */
const AT_ONCE = 4;

export function may(of: Post, verb: Named): boolean {
  return of.can.includes(actionOf[verb]);
}

/** Whether the member at this browser may decide when something goes out: a time, a hold. */
export function mayPublish(): boolean {
  return has('posts:publish');
}

/** Whether they may decide about words. */
export function mayApprove(): boolean {
  return has('posts:approve');
}

function has(scope: Session['scopes'][number]): boolean {
  return queryClient.getQueryData(sessionQuery.queryKey)?.scopes.includes(scope) === true;
}

/** Which posts a question is about. */
export function aboutOf(posts: readonly Post[]): About[] {
  const accounts = queryClient.getQueryData(accountsQuery.queryKey) ?? [];
  return posts.map(({ id, accountId, network, parts }) => ({
    id,
    name: accounts.find((account) => account.id === accountId)?.name ?? network,
    text: parts[0]?.text ?? '',
  }));
}

/**
 * Does one thing, and says in the server's words where it did not work.
 * @param onRefused is told instead, where it was the time that was refused.
 */
export async function run(what: string, work: () => Promise<unknown>, onRefused?: OnRefused): Promise<boolean> {
  try {
    await noteUnderWay(work());
    return true;
  } catch (error) {
    if (onRefused !== undefined && isOfTime(error)) onRefused(error.problem);
    else tell(what, error);
    return false;
  }
}

/**
 * Does the same to many posts, a few at a time. One that does not work does not keep the others; it is told how many.
 * @param onRefused is told instead, where the time was refused for all of them.
 */
export async function each<Answer>(
  what: string,
  posts: readonly Post[],
  work: (post: Post) => Promise<Answer>,
  onRefused?: OnRefused,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  const faults: unknown[] = [];
  const waiting = [...posts];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      try {
        answers.push(await work(next));
      } catch (error) {
        faults.push(error);
      }
    }
  };
  const all = Promise.all(Array.from({ length: AT_ONCE }, worker)).then(() => {
    if (faults.length > 0) throw faults[0];
  });
  await noteUnderWay(all).catch(() => undefined);
  const [fault] = faults;
  if (onRefused !== undefined && answers.length === 0 && isOfTime(fault)) onRefused(fault.problem);
  else if (faults.length > 0) {
    tell(posts.length === 1 ? what : texts.verbs.notAll(what, faults.length, posts.length), fault);
  }
  return answers;
}

/** What was asked for, of which post, and is not answered yet. */
const underWay = new Set<string>();

/** The same for what is done once: a second press before the answer is there asks for nothing more, and is told nothing. */
export async function eachOnce<Answer>(
  what: string,
  posts: readonly Post[],
  work: (post: Post) => Promise<Answer>,
  onRefused?: OnRefused,
): Promise<Answer[]> {
  const keyOf = ({ id }: Post): string => `${what} ${id}`;
  const list = posts.filter((post) => !underWay.has(keyOf(post)));
  for (const post of list) underWay.add(keyOf(post));
  try {
    return await each(what, list, work, onRefused);
  } finally {
    for (const post of list) underWay.delete(keyOf(post));
  }
}

/** Says in the server's words that something did not work. */
export function tell(what: string, error: unknown): void {
  const isConflict = error instanceof ApiError && error.status === 412;
  if (isConflict) void queryClient.invalidateQueries({ queryKey: ['posts'] });
  failed(isConflict ? texts.verbs.changedMeanwhile : what, error);
}
