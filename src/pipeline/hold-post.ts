import { Refusal } from '../domain/errors.ts';
import { isAllowed, postCan } from '../domain/post.ts';
import { found } from '../store/database.ts';
import { holdsOfPost, placeHold } from '../store/hold.ts';
import type { HoldRow, Resume } from '../store/hold.ts';
import { getPost } from '../store/post.ts';
import type { PostRow } from '../store/post.ts';
import { staleVersion } from '../store/stale-version.ts';
import { lift } from './holds.ts';
import type { ScheduleTools } from './schedule.ts';
import type { Tools } from './tools.ts';

/**
 * Holds one post back, whatever its state and time become meanwhile. Once this has answered, no request of it leaves later than
 * a second after.
 * @throws Refusal not-found, stale-version, or conflict where it has come to its end or is held by such a hold already.
 */
export async function holdPost(
  { database, io }: Pick<Tools, 'database' | 'io'>,
  id: string,
  version: number | null,
  reason: string,
  actor: string,
): Promise<HoldRow> {
  return database.transaction(async (sql) => {
    const post = seen(await getPost(sql, id), id, version);
    if (!isAllowed('hold', post.state)) {
      const states = postCan.hold.join(', ');
      throw new Refusal('conflict', `Post ${id} is ${post.state}; a post can be held while it is one of ${states}.`);
    }
    const [held] = await holdsOfPost(sql, id);
    if (held !== undefined) {
      const since = `${held.placedByName ?? held.placedBy} at ${held.placedAt.toISOString()}: ${held.reason}`;
      throw new Refusal('conflict', `Post ${id} is held already by ${since}`);
    }
    return placeHold(sql, { id: io.id('hold'), scope: 'post', target: id, reason }, actor);
  });
}

/**
 * Lifts the hold of one post; holds of its story, account, network or words stay.
 * @throws Refusal not-found, stale-version, or conflict where no hold of this one post is open.
 */
export async function resumePost(
  tools: ScheduleTools,
  id: string,
  version: number | null,
  resume: Resume,
  actor: string,
): Promise<void> {
  seen(await getPost(tools.database, id), id, version);
  const held = await holdsOfPost(tools.database, id);
  if (held.length === 0) {
    const sentence = `Post ${id} has no hold of its own: lift those in its heldBy with POST /v1/holds/{id}/lift.`;
    throw new Refusal('conflict', sentence);
  }
  for (const { id: holdId } of held) await lift(tools, holdId, resume, actor);
}

function seen(row: PostRow | null, id: string, version: number | null): PostRow {
  const post = found(row, 'post', id);
  if (version === null || version === post.version) return post;
  throw staleVersion(`Post ${id}`, post.version, version);
}
