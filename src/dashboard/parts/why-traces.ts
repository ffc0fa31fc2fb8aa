import { saidIn } from '../../text/said.ts';
import { tracesOf } from '../../text/traces.ts';
import type { Trace } from '../../text/traces.ts';
import type { ApiSummary, Article, Post } from '../api/types.ts';

type Sentence = ApiSummary['sentences'][number];

/** One text, the posts that say it, and where each of its sentences comes from. */
export interface Said {
  readonly posts: readonly Post[];
  readonly traces: readonly Trace[];
}

/** A post that says a sentence, or what became of it. */
export interface User {
  readonly post: Post;
  readonly isEdited: boolean;
}

/** A sentence that no post says. */
export interface Left {
  readonly sentence: Sentence;
  /** `room`: one that ranks lower is said; `below`: all that is said ranks higher; `barred`: it may not be used. */
  readonly why: 'room' | 'below' | 'barred';
}

export interface Sources {
  readonly said: readonly Said[];
  /** Posts by the index of the sentence that they say. */
  readonly users: ReadonlyMap<number, readonly User[]>;
  /** Of what no post says, the best, then what may not be used at all. */
  readonly left: readonly Left[];
}

/** How many of the sentences that could have been said are told of. */
const BEST_OF_REST = 5;

/** What the posts of an article say, sentence by sentence, and what of the article none of them says. */
export function sourcesOf(
  posts: readonly Post[],
  article: Article,
  summary: ApiSummary,
  house: readonly string[],
): Sources {
  const origin = { title: article.title ?? '', lang: summary.lang, sentences: summary.sentences };
  const texts = Map.groupBy(posts, ({ parts }) => saidIn(parts, house).trim());
  const said = Array.from(texts, ([text, sharing]) => ({ posts: sharing, traces: tracesOf(text, origin) }));
  const users = new Map<number, User[]>();
  for (const { posts: sharing, traces } of said)
    for (const [from, some] of Map.groupBy(traces, (trace) => trace.from)) {
      const isEdited = some.every(({ how }) => how === 'edited');
      const these = sharing.map((post) => ({ post, isEdited }));
      if (typeof from === 'number') users.set(from, [...(users.get(from) ?? []), ...these]);
    }
  const lowest = Math.max(0, ...summary.sentences.map(({ index, rank }) => (users.has(index) ? (rank ?? 0) : 0)));
  const rest = summary.sentences.filter(({ index }) => !users.has(index));
  const ranked = rest.filter(({ rank }) => rank !== null).sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  const left: Left[] = [
    ...ranked
      .slice(0, BEST_OF_REST)
      .map((sentence) => ({ sentence, why: (sentence.rank ?? 0) < lowest ? ('room' as const) : ('below' as const) })),
    ...rest.filter(({ rank }) => rank === null).map((sentence) => ({ sentence, why: 'barred' as const })),
  ];
  return { said, users, left };
}
