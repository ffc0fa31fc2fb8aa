import { queryOptions } from '@tanstack/react-query';
import type { PostState } from '../../domain/post.ts';
import { get } from './client.ts';
import { asOwn } from './own-changes.ts';
import type {
  Account,
  Article,
  ArticleItem,
  AuditRecord,
  Comment,
  Figures,
  Foundations,
  Hold,
  Member,
  Network,
  Newsroom,
  Outlook,
  Page,
  Post,
  PostDetail,
  Session,
  Share,
  StoredRules,
  Story,
  TimelineItem,
  Worker,
} from './types.ts';

/** What the screens ask for. The first word of a key names what an event makes old (`live.tsx`). */

const PAGE = 100;

/** All pages of a list, up to `most` items; `isWhole` is false where there are more. */
export async function getAll<Item>(
  path: string,
  most: number,
  signal?: AbortSignal,
): Promise<{ items: Item[]; isWhole: boolean }> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const address: string = `${path}${path.includes('?') ? '&' : '?'}limit=${PAGE}${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
    const page: Page<Item> = await get<Page<Item>>(address, signal);
    items.push(...page.data);
    cursor = page.nextCursor;
  } while (cursor !== null && items.length < most);
  return { items, isWhole: cursor === null };
}

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => get<Session>('/v1/session', signal),
  staleTime: 5 * 60_000,
});

export const membersQuery = queryOptions({
  queryKey: ['members'],
  queryFn: async ({ signal }) => (await getAll<Member>('/v1/users', 1_000, signal)).items,
  staleTime: 5 * 60_000,
});

export const accountsQuery = queryOptions({
  queryKey: ['accounts'],
  queryFn: async ({ signal }) => (await getAll<Account>('/v1/accounts', 1_000, signal)).items,
});

export const networksQuery = queryOptions({
  queryKey: ['networks'],
  queryFn: async ({ signal }) => (await get<{ data: Network[] }>('/v1/networks', signal)).data,
  staleTime: Infinity,
});

export interface PostFilter {
  /** Words of the full text. */
  readonly q?: string;
  readonly state?: readonly PostState[];
  readonly account?: string;
  readonly article?: string;
  readonly story?: string;
  readonly section?: string;
  /** Whose words they are: an id, or `line`. */
  readonly author?: string;
  readonly hadFailure?: boolean;
  readonly dueAfter?: string;
  readonly dueBefore?: string;
  readonly sort?: 'dueAt' | '-dueAt' | 'createdAt' | '-createdAt';
}

export function postsQuery(filter: PostFilter, most = 500) {
  const { state, ...rest } = filter;
  const query = new URLSearchParams(Object.entries(rest).map(([name, value]) => [name, String(value)]));
  if (state !== undefined) query.set('state', state.join(','));
  return queryOptions({
    queryKey: ['posts', filter, most],
    queryFn: async ({ signal }) => {
      const { items, isWhole } = await getAll<Post>(`/v1/posts?${query}`, most, signal);
      return { items: items.map(asOwn), isWhole };
    },
  });
}

/** What leaves the building next, a page of it: for the strip and for the next ten. */
export const nextQuery = postsQuery({ state: ['publishing', 'scheduled'], sort: 'dueAt' }, 1);

export function postQuery(id: string) {
  return queryOptions({
    queryKey: ['post', id],
    queryFn: ({ signal }) => get<PostDetail>(`/v1/posts/${id}`, signal),
  });
}

/** What was done to one thing, the newest first. */
export function auditOfQuery(subject: string) {
  return queryOptions({
    queryKey: ['audit', subject],
    queryFn: async ({ signal }) => (await getAll<AuditRecord>(`/v1/audit?subject=${subject}`, 100, signal)).items,
  });
}

export function articleQuery(id: string) {
  return queryOptions({
    queryKey: ['article', id],
    queryFn: ({ signal }) => get<Article>(`/v1/articles/${id}`, signal),
    // Events come first; this is for the moments before the stream is open.
    refetchInterval: (query) => (isBeingMade(query.state.data) ? 1_000 : false),
  });
}

/** Whether a step of the line is still to come for this article. */
export function isBeingMade(article: Article | undefined): boolean {
  if (article === undefined || article.state === 'refused') return false;
  if (article.steps.some((step) => step.state === 'failed')) return false;
  return !article.steps.some((step) => step.name === 'compose');
}

export const articlesQuery = queryOptions({
  queryKey: ['articles'],
  queryFn: ({ signal }) => getAll<ArticleItem>('/v1/articles', 200, signal),
});

export function storyQuery(id: string | null) {
  return queryOptions({
    queryKey: ['story', id],
    queryFn: ({ signal }) => get<Story>(`/v1/stories/${id}`, signal),
    enabled: id !== null,
  });
}

export const houseRulesQuery = queryOptions({
  queryKey: ['house-rules'],
  queryFn: ({ signal }) => get<StoredRules>('/v1/house-rules', signal),
  staleTime: 60_000,
});

/** How the newsroom calls itself, and its clock. */
export const newsroomQuery = queryOptions({
  queryKey: ['newsroom'],
  queryFn: ({ signal }) => get<Newsroom>('/v1/newsroom', signal),
  staleTime: 5 * 60_000,
});

export function commentsQuery(storyId: string) {
  return queryOptions({
    queryKey: ['comments', storyId],
    queryFn: async ({ signal }) => (await getAll<Comment>(`/v1/stories/${storyId}/comments`, 500, signal)).items,
  });
}

export function sharesQuery(storyId: string) {
  return queryOptions({
    queryKey: ['shares', storyId],
    queryFn: async ({ signal }) => (await getAll<Share>(`/v1/stories/${storyId}/shares`, 100, signal)).items,
  });
}

export const timelineQuery = queryOptions({
  queryKey: ['timeline'],
  queryFn: async ({ signal }) => (await get<Page<TimelineItem>>('/v1/sandbox/timeline?limit=30', signal)).data,
});

export const holdsQuery = queryOptions({
  queryKey: ['holds'],
  queryFn: async ({ signal }) => (await get<{ data: Hold[] }>('/v1/holds', signal)).data,
});

export function figuresQuery(hours: number, stretches: number) {
  return queryOptions({
    queryKey: ['figures', hours, stretches],
    queryFn: ({ signal }) => get<Figures>(`/v1/figures?hours=${hours}&stretches=${stretches}`, signal),
    refetchInterval: 15_000,
  });
}

export const outlookQuery = queryOptions({
  queryKey: ['outlook'],
  queryFn: ({ signal }) => get<Outlook>('/v1/outlook', signal),
  refetchInterval: 15_000,
});

export const foundationsQuery = queryOptions({
  queryKey: ['foundations'],
  queryFn: ({ signal }) => get<Foundations>('/v1/foundations', signal),
  refetchInterval: 15_000,
});

export const workersQuery = queryOptions({
  queryKey: ['workers'],
  queryFn: async ({ signal }) => (await get<{ data: Worker[] }>('/v1/workers', signal)).data,
  refetchInterval: 5_000,
});
