import type { PostState } from '../domain/post.ts';

/** Which posts a list, an export or a calendar holds. What is left out does not narrow it. */
export interface PostFilter {
  /** As somebody typed them. */
  readonly words?: string | undefined;
  readonly states?: readonly PostState[] | undefined;
  readonly accountId?: string | undefined;
  readonly articleId?: string | undefined;
  readonly storyId?: string | undefined;
  /** Of the article that it was written from, as its page or its source says it. */
  readonly section?: string | undefined;
  /** The actor whose text it is now; `line`: nobody's but the product's. */
  readonly author?: string | undefined;
  /** Whether a try at it ever failed. */
  readonly hadFailure?: boolean | undefined;
  readonly dueAfter?: Date | undefined;
  readonly dueBefore?: Date | undefined;
}

/** What one field of a filter asks of `post` and `rev`, its revision, its value being the parameter given. */
const CONDITIONS: { readonly [Field in keyof PostFilter]-?: (value: string) => string } = {
  words: (value) => `rev.words @@ standfirst.search_for(${value})`,
  states: (value) => `post.state = ANY (${value})`,
  accountId: (value) => `post.account_id = ${value}`,
  articleId: (value) => `post.article_id = ${value}`,
  storyId: (value) => `post.story_id = ${value}`,
  section: (value) => `EXISTS (SELECT 1 FROM standfirst.article WHERE article.id = post.article_id
    AND coalesce(article.section, article.request ->> 'section') = ${value})`,
  author: (value) => `(rev.author = ${value} OR (${value} = 'line' AND rev.author = 'policy'))`,
  hadFailure: (value) =>
    `${value} = EXISTS (SELECT 1 FROM standfirst.attempt WHERE attempt.post_id = post.id AND attempt.failure IS NOT NULL)`,
  dueAfter: (value) => `post.due_at >= ${value}`,
  dueBefore: (value) => `post.due_at < ${value}`,
};

/** The types of the parameters, which PostgreSQL cannot tell from every condition. */
const TYPES: { readonly [Field in keyof PostFilter]?: string } = {
  author: 'text',
  hadFailure: 'boolean',
  dueAfter: 'timestamptz',
  dueBefore: 'timestamptz',
};

/**
 * Always true, and what the index of posts by their due times asks for: it is chosen only where this is said. For one state
 * it looked cheap, because rows lie in the order of time, and read past every post that went out in ten years.
 */
const OF_ANY_STATE = `post.id <> ''`;

/**
 * SQL over `post` and `rev` for a WHERE, with what is asked and nothing else: a statement that had a condition for each
 * field, most of them on nothing, took longer to plan than to run.
 * @param values of the statement; those of the filter are added.
 */
export function narrowedBy(filter: PostFilter, values: unknown[]): string {
  const isOfAnyState = filter.states?.length !== 1 && filter.accountId === undefined;
  const narrowed = Object.keys(CONDITIONS).flatMap((name): string[] => {
    const field = name as keyof PostFilter;
    const value = filter[field];
    if (value === undefined) return [];
    // An index gives posts of one state in the order of their times, asked for as one, and of no list of states.
    if (field === 'states' && filter.states?.length === 1) return [`post.state = $${values.push(filter.states[0])}`];
    const type = TYPES[field] === undefined ? '' : `::${TYPES[field]}`;
    return [CONDITIONS[field](`$${values.push(value)}${type}`)];
  });
  const asked = isOfAnyState ? [OF_ANY_STATE, ...narrowed] : narrowed;
  return asked.length === 0 ? 'true' : asked.join(' AND ');
}
