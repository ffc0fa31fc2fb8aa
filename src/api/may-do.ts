import type { RouteName } from './access-table.ts';
import { access } from './access-table.ts';
import type { Caller } from './caller.ts';
import type { postActions } from './schemas/post.ts';

type Action = (typeof postActions)[number];

/** The route that carries out each action of a post: whoever may not call it may not do it. */
const routes = {
  edit: 'PATCH /v1/posts/:id',
  setWorth: 'PATCH /v1/posts/:id',
  submit: 'POST /v1/posts/:id/submit',
  approve: 'POST /v1/posts/:id/approve',
  requestChanges: 'POST /v1/posts/:id/request-changes',
  reject: 'POST /v1/posts/:id/reject',
  schedule: 'POST /v1/posts/:id/schedule',
  unschedule: 'POST /v1/posts/:id/unschedule',
  publishNow: 'POST /v1/posts/:id/publish',
  cancel: 'POST /v1/posts/:id/cancel',
  retry: 'POST /v1/posts/:id/retry',
  checkOnNetwork: 'POST /v1/posts/:id/check',
  markPublished: 'POST /v1/posts/:id/mark-published',
  sendAgain: 'POST /v1/posts/:id/send-again',
  hold: 'POST /v1/posts/:id/hold',
  correct: 'POST /v1/posts/:id/correct',
  remove: 'POST /v1/posts/:id/remove',
} as const satisfies Record<Action, RouteName>;

/** Whether a caller's scopes allow an action on any post at all. */
export function mayDo({ scopes }: Pick<Caller, 'scopes'>, action: Action): boolean {
  // Whoever puts words before the readers approves them.
  if (action === 'correct' && !scopes.includes('posts:approve')) return false;
  return scopes.includes(access[routes[action]]);
}
