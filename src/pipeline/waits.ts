import type { PostState } from '../domain/post.ts';
import { readClock } from '../store/database.ts';
import type { Sql } from '../store/database.ts';
import { isAnyEmbargoed } from '../store/embargo.ts';
import type { PostRow } from '../store/post.ts';
import { embargoOf } from './schedule.ts';
import { shownEmbargo } from './shown-embargo.ts';

const unsent: ReadonlySet<PostState> = new Set(['draft', 'in_review', 'approved', 'scheduled']);

/** What keeps a post back past its time, beside holds. */
export interface Waits {
  readonly until: Date;
  /** One sentence. */
  readonly why: string;
}

/**
 * The embargo that a post waits for, as it would be found when its time comes; null where it waits for none: said from the
 * moment on at which it is known, so that nobody plans with a time that will not be.
 */
export async function waitsOf(sql: Sql, post: PostRow): Promise<Waits | null> {
  if (!unsent.has(post.state) || !(await isAnyEmbargoed(sql))) return null;
  const { id: postId, network, parts, link } = post;
  const own = await embargoOf(sql, post);
  const shown = await shownEmbargo(sql, { postId, network, parts, link });
  const isOwn = own !== null && (shown === null || own >= shown);
  const until = isOwn ? own : shown;
  if (until === null || until <= (post.dueAt ?? (await readClock(sql)))) return null;
  const what = isOwn ? 'Its story is under embargo' : 'It leads to a story that is under embargo, or says what it says';
  return { until, why: `${what}: it waits until ${until.toISOString()}.` };
}
