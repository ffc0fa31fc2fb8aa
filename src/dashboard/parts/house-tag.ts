import { fold } from '../../text/hashtags-fold.ts';
import { ask } from '../api/client.ts';
import { houseRulesQuery } from '../api/queries.ts';
import { queryClient } from '../api/query-client.ts';
import type { StoredRules } from '../api/types.ts';
import { done } from '../shell/undo.tsx';
import { run } from '../shell/verbs.ts';
import { texts } from '../texts.ts';

/** Makes a visible house rule of a hashtag: on every post that has room, or on none. Posts that are there stay as they are. */
export async function decideTag(tag: string, list: 'always' | 'never'): Promise<void> {
  const name = tag.replace(/^#/, '');
  let before: StoredRules['rules']['hashtags'] | undefined;
  const ok = await run(texts.why.houseRule, async () => {
    const { rules } = await fresh();
    before = rules.hashtags;
    const without = (names: readonly string[]): string[] => names.filter((one) => fold(one) !== fold(name));
    const always = without(before.always);
    const never = without(before.never);
    (list === 'always' ? always : never).push(name);
    await put({ ...before, always, never });
  });
  const old = before;
  if (ok && old !== undefined) done(texts.why.decided[list](tag), () => put(old));
}

/** The rules are one document, so it is read again before a part of it is written. */
async function put(hashtags: StoredRules['rules']['hashtags']): Promise<void> {
  const { rules, version } = await fresh();
  await ask('PUT', '/v1/house-rules', { body: { ...rules, hashtags }, version });
  await queryClient.invalidateQueries({ queryKey: ['house-rules'] });
}

function fresh(): Promise<StoredRules> {
  return queryClient.fetchQuery({ ...houseRulesQuery, staleTime: 0 });
}
