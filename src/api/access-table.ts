import type { Scope } from './access.ts';

/** Who may call a route: everybody, anybody who is signed in or has a key, or who has the scope. */
export type Access = 'public' | 'anybody-known' | Scope;

/** Every route of the API. One that is missing here cannot be registered. */
export const access = {
  'GET /healthz': 'public',
  'GET /readyz': 'public',
  'GET /metrics': 'metrics:read',
  // Each tool asks for its own scopes, as the requests it makes do.
  'POST /mcp': 'anybody-known',
  'GET /problems/:name': 'public',
  'GET /openapi.json': 'public',
  'GET /sign-in': 'public',
  'POST /sign-in': 'public',
  'POST /sign-in/passkey-options': 'public',
  'POST /sign-in/passkey': 'public',
  'POST /sign-in/new-passkey-options': 'public',
  'POST /sign-in/new-passkey': 'public',
  'GET /sign-in/keep': 'public',
  'POST /sign-in/keep': 'public',
  'GET /share/:token': 'public',
  'GET /connect/callback': 'public',
  'POST /connect/choose': 'public',

  'GET /v1/session': 'anybody-known',
  'DELETE /v1/session': 'anybody-known',
  'PUT /v1/session/password': 'anybody-known',
  'GET /v1/session/passkeys': 'anybody-known',
  'POST /v1/session/passkeys/options': 'anybody-known',
  'POST /v1/session/passkeys': 'anybody-known',
  'DELETE /v1/session/passkeys/:id': 'anybody-known',
  'GET /v1/sessions': 'anybody-known',
  'DELETE /v1/sessions': 'anybody-known',
  'DELETE /v1/sessions/:id': 'anybody-known',

  'GET /v1/roles': 'users:read',
  'GET /v1/users': 'users:read',
  'GET /v1/users/:id': 'users:read',
  'POST /v1/users': 'users:manage',
  'PATCH /v1/users/:id': 'users:manage',
  'DELETE /v1/users/:id': 'users:manage',
  'POST /v1/users/:id/link': 'users:manage',
  'GET /v1/team': 'users:read',
  'PATCH /v1/team': 'users:manage',

  'POST /v1/articles': 'articles:write',
  'GET /v1/articles': 'articles:read',
  'GET /v1/articles/:id': 'articles:read',
  'POST /v1/previews': 'articles:write',

  'POST /v1/posts': 'posts:write',
  'GET /v1/posts': 'posts:read',
  'GET /v1/posts/:id': 'posts:read',
  'PATCH /v1/posts/:id': 'posts:write',
  'GET /v1/posts/:id/times': 'posts:read',
  'GET /v1/calendar': 'posts:read',
  'GET /v1/attempts': 'posts:read',
  'GET /v1/failures': 'posts:read',
  'POST /v1/posts/:id/submit': 'posts:write',
  'POST /v1/posts/:id/approve': 'posts:approve',
  'POST /v1/posts/:id/reject': 'posts:approve',
  'POST /v1/posts/:id/request-changes': 'posts:approve',
  'POST /v1/posts/:id/schedule': 'posts:publish',
  'POST /v1/posts/:id/unschedule': 'posts:publish',
  'POST /v1/posts/:id/publish': 'posts:publish',
  'POST /v1/posts/:id/cancel': 'posts:write',
  'POST /v1/posts/:id/hold': 'posts:publish',
  'POST /v1/posts/:id/resume': 'posts:publish',
  'POST /v1/posts/:id/retry': 'posts:publish',
  'POST /v1/posts/:id/check': 'posts:publish',
  'POST /v1/posts/:id/mark-published': 'posts:publish',
  'POST /v1/posts/:id/send-again': 'posts:publish',
  'POST /v1/posts/:id/correct': 'posts:publish',
  'POST /v1/posts/:id/remove': 'posts:publish',
  'POST /v1/posts/:id/rewrite': 'posts:write',
  'POST /v1/posts/:id/dry-run': 'posts:write',
  // Each action asks for its own scope besides.
  'POST /v1/post-actions': 'posts:read',
  'POST /v1/post-imports': 'posts:write',
  'GET /v1/exports/posts': 'export:read',

  'POST /v1/media': 'media:write',
  'GET /v1/media': 'media:read',
  'GET /v1/media/:id': 'media:read',
  'GET /v1/media/:id/content': 'media:read',
  'PATCH /v1/media/:id': 'media:write',
  'DELETE /v1/media/:id': 'media:write',
  'GET /media/:id': 'public',

  'GET /v1/house-rules': 'house-rules:read',
  'PUT /v1/house-rules': 'house-rules:manage',
  'POST /v1/notification-tests': 'notifications:manage',

  'GET /v1/networks': 'accounts:read',
  'GET /v1/accounts': 'accounts:read',
  'GET /v1/accounts/:id': 'accounts:read',
  'POST /v1/accounts': 'accounts:manage',
  'PATCH /v1/accounts/:id': 'accounts:manage',
  'PUT /v1/accounts/:id/credentials': 'accounts:manage',
  'GET /v1/accounts/:id/slots': 'accounts:read',
  'GET /v1/slots': 'accounts:read',
  'POST /v1/connections': 'accounts:manage',
  'POST /v1/accounts/:id/check': 'accounts:manage',
  'DELETE /v1/accounts/:id': 'accounts:manage',

  'POST /v1/sources': 'sources:manage',
  'GET /v1/sources': 'sources:read',
  'GET /v1/sources/:id': 'sources:read',
  'PATCH /v1/sources/:id': 'sources:manage',
  'DELETE /v1/sources/:id': 'sources:manage',
  'POST /v1/sources/:id/poll': 'sources:manage',
  'POST /v1/sources/:id/pause': 'sources:manage',
  'POST /v1/sources/:id/resume': 'sources:manage',
  'POST /v1/sources/:id/rule-trials': 'sources:read',
  'GET /v1/sources/:id/decisions': 'sources:read',
  'POST /v1/decisions/:id/promote': 'articles:write',
  'POST /v1/source-previews': 'sources:manage',
  'POST /v1/source-imports': 'sources:manage',
  'GET /v1/sources.opml': 'sources:read',
  'GET /websub/:token': 'public',
  'POST /websub/:token': 'public',

  'GET /v1/corrections': 'posts:read',
  'GET /v1/corrections/:id': 'posts:read',
  'POST /v1/corrections/:id/carry-out': 'posts:publish',
  'POST /v1/articles/:id/reread': 'articles:write',
  'POST /v1/articles/:id/tell-apart': 'posts:publish',

  'GET /v1/stories': 'articles:read',
  'GET /v1/stories/:id': 'articles:read',
  'PATCH /v1/stories/:id': 'posts:publish',
  'PUT /v1/stories/:id/master': 'posts:write',
  'GET /v1/stories/:id/comments': 'articles:read',
  'POST /v1/stories/:id/comments': 'articles:write',
  'GET /v1/stories/:id/shares': 'articles:read',
  'POST /v1/stories/:id/shares': 'posts:write',
  'DELETE /v1/shares/:id': 'posts:write',

  'POST /v1/holds': 'posts:publish',
  'GET /v1/holds': 'posts:read',
  'POST /v1/holds/:id/lift': 'posts:publish',
  'DELETE /v1/holds/:id': 'posts:publish',
  'GET /v1/workers': 'posts:read',
  'GET /v1/figures': 'posts:read',
  'GET /v1/outlook': 'posts:read',
  'GET /v1/foundations': 'posts:read',
  'GET /v1/installation': 'posts:read',
  'GET /v1/newsroom': 'house-rules:read',
  'PUT /v1/newsroom': 'house-rules:manage',
  'GET /v1/retention': 'house-rules:read',
  'PUT /v1/retention': 'house-rules:manage',

  'POST /v1/recurrences': 'posts:publish',
  'GET /v1/recurrences': 'posts:read',
  'DELETE /v1/recurrences/:id': 'posts:publish',

  'POST /v1/webhooks': 'webhooks:manage',
  'GET /v1/webhooks': 'webhooks:manage',
  'GET /v1/webhooks/:id': 'webhooks:manage',
  'PATCH /v1/webhooks/:id': 'webhooks:manage',
  'DELETE /v1/webhooks/:id': 'webhooks:manage',
  'POST /v1/webhooks/:id/rotate-secret': 'webhooks:manage',
  'POST /v1/webhooks/:id/test': 'webhooks:manage',
  'GET /v1/webhooks/:id/deliveries': 'webhooks:manage',
  'GET /v1/deliveries/:id': 'webhooks:manage',
  'POST /v1/deliveries/:id/redeliver': 'webhooks:manage',

  'GET /v1/events': 'events:read',
  'GET /v1/sandbox/timeline': 'timeline:read',

  'GET /v1/audit': 'audit:read',
  'GET /v1/audit/verification': 'audit:read',

  'GET /ops/queues': 'queues:read',
  'GET /ops/queues/*': 'queues:read',

  'POST /v1/api-keys': 'api-keys:manage',
  'GET /v1/api-keys': 'api-keys:manage',
  'POST /v1/api-keys/:id/rotate': 'api-keys:manage',
  'DELETE /v1/api-keys/:id': 'api-keys:manage',
} as const satisfies Record<string, Access>;

export type RouteName = keyof typeof access;

/**
 * What a test key may change: routes that look themselves at the network they would reach (`test-keys.ts`), or whose
 * result is a test key or a reckoning only. Every other change is refused to it, so that a new route is safe until
 * somebody has thought of it.
 */
export const openToTestKeys: ReadonlySet<string> = new Set<RouteName>([
  'DELETE /v1/session',
  'POST /v1/articles',
  'POST /v1/previews',
  'POST /v1/posts',
  'PATCH /v1/posts/:id',
  'POST /v1/posts/:id/submit',
  'POST /v1/posts/:id/approve',
  'POST /v1/posts/:id/reject',
  'POST /v1/posts/:id/request-changes',
  'POST /v1/posts/:id/schedule',
  'POST /v1/posts/:id/unschedule',
  'POST /v1/posts/:id/publish',
  'POST /v1/posts/:id/cancel',
  'POST /v1/posts/:id/hold',
  'POST /v1/posts/:id/resume',
  'POST /v1/posts/:id/retry',
  'POST /v1/posts/:id/check',
  'POST /v1/posts/:id/mark-published',
  'POST /v1/posts/:id/send-again',
  'POST /v1/posts/:id/correct',
  'POST /v1/posts/:id/remove',
  'POST /v1/posts/:id/rewrite',
  'POST /v1/posts/:id/dry-run',
  'POST /v1/post-actions',
  'POST /v1/post-imports',
  'POST /v1/media',
  'POST /v1/accounts',
  'PUT /v1/accounts/:id/credentials',
  'POST /v1/accounts/:id/check',
  'DELETE /v1/accounts/:id',
  'POST /v1/connections',
  'POST /v1/recurrences',
  'POST /v1/api-keys',
  // Its tools are requests to the routes above, with the same key.
  'POST /mcp',
]);

/** Pages and files that everybody may load; data is behind the routes above. */
const PUBLIC_PAGES = /^\/(docs(\/.*)?|\*|assets\/.*|)$/;

/** What a route asks for. @throws Error for a route that nobody put in the table. */
export function accessOf(method: string, url: string): Access {
  const name = `${method === 'HEAD' ? 'GET' : method} ${url}`;
  if (name in access) return access[name as RouteName];
  if ((method === 'GET' || method === 'HEAD') && PUBLIC_PAGES.test(url)) return 'public';
  throw new Error(`Route ${name} is not in the access table (src/api/access-table.ts).`);
}

/** Whether a test key may call a route at all: it may read, and change what is open to it. */
export function isOpenToTestKeys(method: string, url: string): boolean {
  return method === 'GET' || method === 'HEAD' || openToTestKeys.has(`${method} ${url}`);
}
