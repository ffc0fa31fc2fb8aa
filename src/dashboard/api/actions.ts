import type { StoryCampaign } from '../../domain/campaign.ts';
import type { Part, PostAction, Urgency } from '../../domain/post.ts';
import type { Article, Calendar, GivenSchedule, NewArticle, Post, Story } from './types.ts';
import { ask, post } from './client.ts';
import { asOwn, isTyped, latestOwn, noteAsked, noteMade, noteOwn } from './own-changes.ts';
import { inTime } from './in-time.ts';
import { putPost } from './put-post.ts';
import { queryClient } from './query-client.ts';

/** `now` and `next-slot` are words of the API, `notBefore` from when that slot may be; anything else is a time. */
export type When = 'now' | 'next-slot' | { readonly nextSlot: true; readonly notBefore: string } | GivenSchedule;

export async function createArticle(article: NewArticle): Promise<{ id: string }> {
  const made = await post<{ id: string }>('/v1/articles', article);
  void queryClient.invalidateQueries({ queryKey: ['articles'] });
  return made;
}

/** Reads its page again, with all that was asked for the first time. */
export async function rereadArticle(articleId: string): Promise<{ id: string }> {
  const made = await post<{ id: string }>(`/v1/articles/${articleId}/reread`);
  void queryClient.invalidateQueries({ queryKey: ['articles'] });
  return made;
}

/** A person has compared it with the story that it may be a copy of: the two are not the same. */
export async function tellArticleApart(articleId: string): Promise<void> {
  const told = await post<Article>(`/v1/articles/${articleId}/tell-apart`);
  queryClient.setQueryData(['article', articleId], told);
  for (const key of ['posts', 'post', 'calendar', 'times']) void queryClient.invalidateQueries({ queryKey: [key] });
}

/**
 * New messages for a post, with their images and cards: a new revision, back in review.
 * @param of as it was read: where even this browser has given it another text since, the server refuses.
 */
export function editPost(of: Post, parts: readonly Part[]): Promise<Post> {
  return change(of, ({ id, version, hash }) =>
    ask('PATCH', `/v1/posts/${id}`, { body: { parts }, version: hash === of.hash ? version : of.version }),
  );
}

/** When a post is worthless; null: by its urgency. */
export function setWorth(of: Post, at: string | null): Promise<Post> {
  return change(of, ({ id, version }) => ask('PATCH', `/v1/posts/${id}`, { body: { worthlessAfter: at }, version }));
}

/** A ready text for one account. What tells a story goes on telling it: its embargo and holds are for this post too. */
export async function createPost(
  accountId: string,
  like: Pick<Post, 'parts' | 'storyId' | 'link' | 'urgency'> & { readonly lang?: string },
  schedule: 'draft' | 'review' | When,
): Promise<Post> {
  const { parts, storyId, link, lang, urgency } = like;
  const optional = {
    ...(storyId === null ? {} : { storyId }),
    ...(link === null ? {} : { link }),
    ...(lang === undefined ? {} : { lang }),
  };
  const body = { accountIds: [accountId], parts, urgency, schedule, ...optional };
  const { data } = await post<{ data: [Post] }>('/v1/posts', body);
  noteOwn(data[0].id);
  for (const key of ['posts', 'calendar', 'slots']) void queryClient.invalidateQueries({ queryKey: [key] });
  return data[0];
}

export async function putMaster(id: string, version: number, text: string | null): Promise<Story> {
  const changed = await ask<Story>('PUT', `/v1/stories/${id}/master`, { body: { text }, version });
  queryClient.setQueryData(['story', id], changed);
  return changed;
}

export async function changeStory(
  id: string,
  change: {
    embargoUntil?: string | null;
    urgency?: Urgency;
    utm?: StoryCampaign | null;
    utmSeen?: StoryCampaign | null;
  },
): Promise<Story> {
  const changed = await ask<Story>('PATCH', `/v1/stories/${id}`, { body: change });
  queryClient.setQueryData(['story', id], changed);
  void queryClient.invalidateQueries({ queryKey: ['posts'] });
  return changed;
}

/**
 * Approves the text that was seen, or what somebody has typed here since, and no other: the server refuses that.
 * @param until the latest time that the approval is good for.
 */
export function approvePost(of: Post, when?: When, until: string | null = null): Promise<Post> {
  return act(of, 'approve', ({ hash }) => ({
    hash: isTyped(hash) ? hash : of.hash,
    ...(when === undefined ? {} : { schedule: when }),
    ...(until === null ? {} : { until }),
  }));
}

/**
 * Gives an approved post its time. The lists show it there at once, whatever is read meanwhile, and back where it was if
 * the server refuses.
 */
export async function schedulePost(of: Post, when: GivenSchedule): Promise<Post> {
  if (!('at' in when)) return act(of, 'schedule', when);
  const end = noteAsked(of.id, { state: 'scheduled', dueAt: new Date(when.at).toISOString() });
  patchPost(of);
  try {
    return await act(of, 'schedule', when);
  } catch (error) {
    end();
    patchPost(of);
    throw error;
  } finally {
    end();
  }
}

export function publishNow(of: Post): Promise<Post> {
  return act(of, 'publish');
}

type Verb =
  | 'approve'
  | 'submit'
  | 'reject'
  | 'request-changes'
  | 'schedule'
  | 'unschedule'
  | 'publish'
  | 'cancel'
  | 'retry'
  | 'check'
  | 'mark-published'
  | 'send-again'
  | 'rewrite'
  | 'correct'
  | 'remove'
  | 'hold'
  | 'resume';

/** Which of the domain's actions a verb of the API is: decides whether its button is there. */
export const actionOf = {
  approve: 'approve',
  submit: 'submit',
  reject: 'reject',
  'request-changes': 'requestChanges',
  schedule: 'schedule',
  unschedule: 'unschedule',
  publish: 'publishNow',
  cancel: 'cancel',
  retry: 'retry',
  check: 'checkOnNetwork',
  'mark-published': 'markPublished',
  'send-again': 'sendAgain',
  rewrite: 'edit',
  correct: 'correct',
  remove: 'remove',
  hold: 'hold',
  resume: 'hold',
} as const satisfies Record<Verb, PostAction>;

/** Does one thing to a post, on the version that was seen, or on what this browser has made of that since. */
export function act(of: Post, verb: Verb, body: object | ((now: Post) => object) = {}): Promise<Post> {
  return change(of, (now) => {
    const given = typeof body === 'function' ? body(now) : body;
    return ask('POST', `/v1/posts/${now.id}/${verb}`, { body: given, version: now.version });
  });
}

const changing = new Map<string, Promise<Post>>();

/**
 * Changes of a post one after the other: asked for before the last one is answered, it waits for that, and goes on from it;
 * not for one that may never be answered.
 */
async function change(of: Post, send: (now: Post) => Promise<unknown>): Promise<Post> {
  const before = changing.get(of.id);
  const changed = (async () => {
    // Without one, the request leaves in this very turn: the page may be on its way out.
    if (before !== undefined) await inTime(before);
    const now = latestOwn(of);
    const after = await told(send(now));
    noteMade(now.version, after);
    return after;
  })();
  changing.set(of.id, changed);
  try {
    return await changed;
  } finally {
    if (changing.get(of.id) === changed) changing.delete(of.id);
  }
}

/** Puts the answer where every list sees it at once, and asks for the rest. */
async function told(answer: Promise<unknown>): Promise<Post> {
  try {
    const changed = (await answer) as Post;
    patchPost(changed);
    return changed;
  } finally {
    for (const key of ['posts', 'post', 'calendar', 'slots', 'times']) {
      void queryClient.invalidateQueries({ queryKey: [key] });
    }
  }
}

function patchPost(of: Post): void {
  if (of?.id === undefined) return;
  const changed = asOwn(of);
  noteOwn(changed.id);
  queryClient.setQueriesData<Calendar>({ queryKey: ['calendar'] }, (one) =>
    one === undefined ? one : putPost(one, changed),
  );
  queryClient.setQueriesData<{ items: Post[] }>({ queryKey: ['posts'] }, (list) =>
    list === undefined
      ? list
      : { ...list, items: list.items.map((one) => (one.id === changed.id ? { ...one, ...changed } : one)) },
  );
}
