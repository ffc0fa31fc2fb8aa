import { Refusal } from '../domain/errors.ts';
import type { Part } from '../domain/post.ts';
import type { ReadyPost } from '../pipeline/check-posts.ts';
import type { Sql } from '../store/database.ts';
import { keptImages } from '../store/media.ts';
import type { Caller } from './caller.ts';
import type { NewPost, PostChange } from './schemas/new-post.ts';
import { mayTellStory } from './test-keys.ts';
import { mayApprove, mayPublish, whenOf } from './when.ts';

/**
 * A new post of a request as the pipeline takes it; a time that cannot be is among its faults.
 * @throws ApiProblem `not-allowed` where it has a time, which approves it, and the caller may not approve and publish; and
 *   where a test key names a story.
 */
export function readyPostOf(given: NewPost, caller: Caller, now: Date): ReadyPost {
  const { accountIds, storyId, link, lang, urgency, worthlessAfter, schedule, confirmSensitive } = given;
  if (storyId !== undefined) mayTellStory(caller);
  if (schedule !== 'draft' && schedule !== 'review') {
    mayApprove(caller);
    mayPublish(caller);
  }
  return {
    parts: partsOf(given, []),
    accountIds,
    isSeen: caller.kind === 'member' || confirmSensitive === true,
    ...timeOf(schedule, now),
    ...(storyId === undefined ? {} : { storyId }),
    ...(link === undefined ? {} : { link }),
    ...(lang === undefined ? {} : { lang }),
    ...(urgency === undefined ? {} : { urgency }),
    ...(worthlessAfter === undefined ? {} : { worthlessAfter: new Date(worthlessAfter) }),
  };
}

function timeOf(schedule: NewPost['schedule'], now: Date): Pick<ReadyPost, 'schedule' | 'faults'> {
  if (schedule === 'draft' || schedule === 'review') return { schedule };
  try {
    return { schedule: whenOf(schedule, now, '/schedule') };
  } catch (error) {
    if (error instanceof Refusal && error.faults.length > 0) return { schedule: 'draft', faults: error.faults };
    throw error;
  }
}

/** What the caller wrote; images and cards it does not speak of stay those of the text before. */
export function partsOf({ text, parts }: Pick<PostChange, 'text' | 'parts'>, before: readonly Part[]): Part[] {
  const given: NonNullable<PostChange['parts']> = text === undefined ? (parts ?? []) : [{ text }];
  return given.map((part, index) => ({
    text: part.text,
    media: part.media?.map(({ source, alt = '' }) => ({ source, alt })) ?? before[index]?.media ?? [],
    card: part.card === undefined ? (before[index]?.card ?? null) : part.card,
  }));
}

/** The same request, in which each kept image that it says nothing of is described as it is in `/v1/media`. */
export async function described<Body extends Pick<PostChange, 'parts'>>(sql: Sql, body: Body): Promise<Body> {
  const silent = (body.parts ?? []).flatMap(({ media = [] }) => media.filter(({ alt }) => alt === undefined));
  const images = await keptImages(
    sql,
    silent.map(({ source }) => source),
  );
  if (images.length === 0) return body;
  const said = new Map(images.map(({ id, alt }) => [id, alt]));
  const parts = body.parts?.map(({ media, ...part }) => {
    return media === undefined
      ? part
      : { ...part, media: media.map(({ source, alt = said.get(source) ?? '' }) => ({ source, alt })) };
  });
  return { ...body, parts };
}

/** The pipeline speaks of `/parts/0/text`; whoever sent `text` wrote `/text`. */
export function pointerInto(body: Pick<PostChange, 'text'>, pointer: string): string {
  return body.text === undefined ? pointer : pointer.replace(/^\/parts(\/0\/text)?$/, '/text');
}
