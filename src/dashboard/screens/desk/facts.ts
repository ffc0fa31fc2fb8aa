import { preflight } from '../../../text/preflight.ts';
import { repeatsOf } from '../../../text/repeats.ts';
import type { Article, ArticleItem, Post } from '../../api/types.ts';
import type { Evidence } from '../../parts/evidence.ts';
import { evidenceOf } from '../../parts/evidence.ts';
import type { Where } from '../../parts/use-networks.ts';

/** What an editor must know before saying yes. */
export interface Facts {
  readonly evidence: Evidence;
  /** The article as it reads now, where it changed after the posts were written. */
  readonly newer: ArticleItem | null;
  /** What went out on the same account in the last days and says the same. */
  readonly duplicates: readonly Post[];
  /** Names and topics that the house wants a person to look at. */
  readonly sensitive: readonly string[];
  readonly isAiWritten: boolean;
  /** Which text or link went out on the same account in the last days, a sentence each. */
  readonly repeats: readonly string[];
  /** What the networks would refuse. */
  readonly faults: readonly string[];
  /** Nothing speaks against it. */
  readonly isGreen: boolean;
}

export interface Known {
  readonly article: Article;
  /** The newest articles, to see whether this one was written again. */
  readonly articles: readonly ArticleItem[];
  /** What went out in the last days. */
  readonly recent: readonly Post[];
  readonly where: (accountId: string, networkId: string) => Where;
}

/** From this share of common words on, two posts say the same. */
const ALIKE = 0.8;

export function factsOf(posts: readonly Post[], { article, articles, recent, where }: Known): Facts {
  const source = `${article.title ?? ''}\n${article.text ?? ''}`;
  const evidence = evidenceOf(posts.flatMap((post) => post.parts.map((part) => bare(part.text))).join('\n'), source);
  const newer =
    articles.find(
      (one) => one.storyId === article.storyId && one.storyId !== null && one.revision > article.revision,
    ) ?? null;
  const duplicates = recent.filter((old) =>
    posts.some((post) => post.accountId === old.accountId && post.id !== old.id && likeness(post, old) >= ALIKE),
  );
  const repeats = posts.flatMap((post) =>
    repeatsOf(
      post,
      recent.flatMap((old) =>
        old.accountId !== post.accountId || old.id === post.id || old.publishedAt === null
          ? []
          : [{ ...old, postId: old.id, publishedAt: new Date(old.publishedAt) }],
      ),
    ).map(({ message }) => message),
  );
  const hashtags = article.summary?.hashtags ?? [];
  const sensitive = hashtags
    .filter((one) => one.reasons.some((reason) => reason.name === 'sensitive'))
    .map((one) => one.phrase);
  const isAiWritten = article.summary !== null && article.summary.engine !== 'extractive';
  const faults = posts.flatMap((post) => {
    const { limits, network, networkName } = where(post.accountId, post.network);
    if (limits === null) return [];
    const target = { name: networkName, limits, threads: network?.powers['threads'] === true };
    return preflight(post.parts, target).map((fault) => fault.message);
  });
  const isVerified = evidence.figures.found === evidence.figures.all && evidence.names.found === evidence.names.all;
  const isGreen =
    isVerified &&
    newer === null &&
    duplicates.length === 0 &&
    repeats.length === 0 &&
    sensitive.length === 0 &&
    faults.length === 0;
  return { evidence, newer, duplicates, repeats, sensitive, isAiWritten, faults, isGreen };
}

/** Hashtags and links are no claims. */
function bare(text: string): string {
  return text.replace(/https?:\/\/\S+/g, '').replace(/#[\p{L}\p{M}\p{N}_]+/gu, '');
}

function likeness(one: Post, other: Post): number {
  const [first, second] = [wordsOf(one), wordsOf(other)];
  const common = [...first].filter((word) => second.has(word)).length;
  const all = first.size + second.size - common;
  return all === 0 ? 0 : common / all;
}

function wordsOf({ parts }: Post): Set<string> {
  const text = bare(parts.map((part) => part.text).join(' ')).toLocaleLowerCase();
  return new Set(text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []);
}
