/** Roles from least to most; each may do what those before it may. */
export const roles = ['viewer', 'writer', 'editor', 'publisher', 'admin'] as const;
export type Role = (typeof roles)[number];

/** What a route may ask for: the scope an API key needs, and the least role of a signed-in member. */
export const scopes = {
  'articles:read': 'viewer',
  'articles:write': 'writer',
  'posts:read': 'viewer',
  'posts:write': 'writer',
  'posts:approve': 'editor',
  'posts:publish': 'publisher',
  'accounts:read': 'viewer',
  'accounts:manage': 'admin',
  'media:read': 'viewer',
  'media:write': 'writer',
  'sources:read': 'viewer',
  'sources:manage': 'editor',
  'house-rules:read': 'viewer',
  'house-rules:manage': 'admin',
  'events:read': 'viewer',
  'timeline:read': 'viewer',
  'metrics:read': 'viewer',
  'webhooks:manage': 'admin',
  'notifications:manage': 'admin',
  'users:read': 'viewer',
  'users:manage': 'admin',
  'audit:read': 'admin',
  'export:read': 'admin',
  'api-keys:manage': 'admin',
  'queues:read': 'admin',
} as const satisfies Record<string, Role>;
export type Scope = keyof typeof scopes;

export const scopeNames = Object.keys(scopes) as [Scope, ...Scope[]];

/** Whether a role is at least the one a scope asks for. */
export function roleCovers(role: Role, scope: Scope): boolean {
  return roles.indexOf(role) >= roles.indexOf(scopes[scope]);
}

/** The scopes of a role: the matrix, a row at a time. */
export function scopesOf(role: Role): Scope[] {
  return scopeNames.filter((scope) => roleCovers(role, scope));
}
