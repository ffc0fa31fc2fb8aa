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

/** An index in the order of due times gives them in that order for one state, asked for as one, and for no list of states. */
const IN_STATE = `($1::text[] IS NULL OR cardinality($1) = 1 OR post.state = ANY ($1))
        AND (coalesce(cardinality($1), 0) <> 1 OR post.state = ($1)[1])`;

/** SQL over `post` and `rev`, for a WHERE; its parameters are $1 to $10, see `narrowedBy`. */
export const NARROWED = `${IN_STATE} AND ($2::text IS NULL OR post.account_id = $2)
        AND ($3::text IS NULL OR post.article_id = $3) AND ($4::text IS NULL OR post.story_id = $4)
        AND ($5::timestamptz IS NULL OR post.due_at >= $5) AND ($6::timestamptz IS NULL OR post.due_at < $6)
        AND ($7::boolean IS NULL OR $7 = EXISTS (SELECT 1 FROM standfirst.attempt WHERE attempt.post_id = post.id AND attempt.failure IS NOT NULL))
        AND ($8::text IS NULL OR rev.words @@ standfirst.search_for($8)) AND ($9::text IS NULL OR rev.author = $9 OR ($9 = 'line' AND rev.author = 'policy'))
        AND ($10::text IS NULL OR EXISTS (SELECT 1 FROM standfirst.article WHERE article.id = post.article_id
                                             AND coalesce(article.section, article.request ->> 'section') = $10))`;

/** The values of `NARROWED`, in its order. */
export function narrowedBy(filter: PostFilter): unknown[] {
  return [
    filter.states,
    filter.accountId,
    filter.articleId,
    filter.storyId,
    filter.dueAfter,
    filter.dueBefore,
    filter.hadFailure,
    filter.words,
    filter.author,
    filter.section,
  ];
}
