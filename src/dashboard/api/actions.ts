import type { PostAction } from '../../domain/post.ts';
import { ask, post } from './client.ts';
import { queryClient } from './query-client.ts';
import type { GivenSchedule, NewArticle, Post } from './types.ts';

/** `now` and `next-slot` are words of the API; anything else is a time. */
export type When = 'now' | 'next-slot' | GivenSchedule;

export async function createArticle(article: NewArticle): Promise<{ id: string }> {
  const made = await post<{ id: string }>('/v1/articles', article);
  void queryClient.invalidateQueries({ queryKey: ['articles'] });
  return made;
}

export function editPost(id: string, version: number, texts: readonly string[], old: Post): Promise<Post> {
  const body =
    texts.length === 1
      ? { text: texts[0] }
      : {
          parts: texts.map((text, index) => ({
            text,
            media: old.parts[index]?.media ?? [],
            card: old.parts[index]?.card ?? null,
          })),
        };
  return told(ask('PATCH', `/v1/posts/${id}`, { body, version }));
}

export function approvePost(of: Post, when?: When): Promise<Post> {
  return act(of, 'approve', when === undefined ? {} : { schedule: when });
}

/** Gives an approved post its time. */
export function schedulePost(of: Post, when: GivenSchedule): Promise<Post> {
  return act(of, 'schedule', when);
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
  | 'send-again';

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
} as const satisfies Record<Verb, PostAction>;

/** Does one thing to a post, on the version that was seen. */
export function act(of: Post, verb: Verb, body: unknown = {}): Promise<Post> {
  return told(ask('POST', `/v1/posts/${of.id}/${verb}`, { body, version: of.version }));
}

/** Puts the answer where every list sees it at once, and asks for the rest. */
async function told(answer: Promise<unknown>): Promise<Post> {
  try {
    const changed = (await answer) as Post;
    patchPost(changed);
    return changed;
  } finally {
    void queryClient.invalidateQueries({ queryKey: ['posts'] });
    void queryClient.invalidateQueries({ queryKey: ['post'] });
  }
}

function patchPost(changed: Post): void {
  if (changed?.id === undefined) return;
  queryClient.setQueriesData<{ items: Post[]; isWhole: boolean }>({ queryKey: ['posts'] }, (list) =>
    list === undefined
      ? list
      : { ...list, items: list.items.map((one) => (one.id === changed.id ? { ...one, ...changed } : one)) },
  );
}
