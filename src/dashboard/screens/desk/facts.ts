import type { HouseRules } from '../../../domain/house-rules.ts';
import type { Fault } from '../../../domain/errors.ts';
import { preflight } from '../../../text/preflight.ts';
import { noticesOf } from '../../../text/notices.ts';
import { missingFrom } from '../../../text/evidence.ts';
import type { Evidence } from '../../../text/evidence.ts';
import { repeatsBeside, repeatsOf } from '../../../text/repeats.ts';
import { saidIn } from '../../../text/said.ts';
import type { Article, ArticleItem, Post } from '../../api/types.ts';
import { evidenceWords } from '../../parts/evidence-words.ts';
import { evidenceOf } from '../../parts/evidence.ts';
import { houseWords } from '../../parts/house-words.ts';
import { leavesAt } from '../../parts/leaves-at.ts';
import { twinsIn } from '../../parts/twins.ts';
import { texts } from '../../texts.ts';
import type { Where } from '../../parts/where.ts';

/** What an editor must know before saying yes. */
export interface Facts {
  readonly evidence: string;
  /** Figures, names and dates that the article does not have, as the posts write them. */
  readonly missing: readonly string[];
  /** The article as it reads now, where it changed after the posts were written. */
  readonly newer: ArticleItem | null;
  /** What went out on the same account in the last days and says the same. */
  readonly duplicates: readonly Post[];
  /** Names and topics that the house wants a person to look at. */
  readonly sensitive: readonly string[];
  readonly isAiWritten: boolean;
  /** Which text or link went out on the same account in the last days, or is paid for more than once, a sentence each. */
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
  /** Their signatures and templates are the house's own words, which no article has to bear out; null where not known. */
  readonly rules: Pick<HouseRules, 'signatures' | 'templates'> | null;
}

/** From this share of common words on, two posts say the same. */
const ALIKE = 0.8;

export function factsOf(posts: readonly Post[], { article, articles, recent, where, rules }: Known): Facts {
  const house = rules === null ? [] : houseWords(rules);
  const evidence = evidenceOf(posts.map(({ parts }) => saidIn(parts, house)).join('\n'), article);
  const missing = missingFrom(evidence);
  const newer =
    articles.find(
      (one) => one.storyId === article.storyId && one.storyId !== null && one.revision > article.revision,
    ) ?? null;
  const duplicates = recent.filter((old) =>
    posts.some((post) => post.accountId === old.accountId && post.id !== old.id && likeness(post, old) >= ALIKE),
  );
  const hashtags = article.summary?.hashtags ?? [];
  const sensitive = hashtags
    .filter((one) => one.reasons.some((reason) => reason.name === 'sensitive'))
    .map((one) => one.phrase);
  const isAiWritten = article.summary !== null && article.summary.engine !== 'extractive';
  const found = posts.map((post) => faultsOf(post, recent, where));
  const faults = found.flat().map(({ message }) => message);
  const repeats = posts.flatMap((post, index) => {
    const told = [...repeatsBeside(found[index] ?? [], repeatsIn(post, recent)), ...noticesIn(post, where)];
    return told.map(({ message }) => message);
  });
  const isGreen =
    missing.length === 0 &&
    newer === null &&
    duplicates.length === 0 &&
    repeats.length === 0 &&
    sensitive.length === 0 &&
    faults.length === 0;
  return {
    evidence: toldOf(evidence, missing),
    missing,
    newer,
    duplicates,
    repeats,
    sensitive,
    isAiWritten,
    faults,
    isGreen,
  };
}

/** What was looked for in the article, and what is not there, each in its own direction of writing. */
function toldOf(evidence: Evidence, missing: readonly string[]): string {
  const told = `${evidenceWords(evidence)} ${texts.desk.found}`;
  if (missing.length === 0) return told;
  return `${told} · ${texts.why.notFound} ${missing.map((one) => `\u2068${one}\u2069`).join(', ')}`;
}

function faultsOf(post: Post, recent: Known['recent'], where: Known['where']): Fault[] {
  const { limits, network, networkName: name } = where(post.accountId, post.network);
  if (limits === null) return [];
  const when = { twins: twinsIn(recent, post), at: new Date(leavesAt(post)) };
  return preflight(post.parts, { name, limits, threads: network?.powers['threads'] === true, ...when });
}

function noticesIn(post: Post, where: Known['where']): Fault[] {
  const { limits, network, networkName: name } = where(post.accountId, post.network);
  return limits === null || network === undefined ? [] : noticesOf(post.parts, { name, limits, price: network.price });
}

function repeatsIn(post: Post, recent: Known['recent']): Fault[] {
  const earlier = recent.flatMap((old) =>
    old.accountId !== post.accountId || old.id === post.id || old.publishedAt === null
      ? []
      : [{ ...old, postId: old.id, publishedAt: new Date(old.publishedAt) }],
  );
  return repeatsOf(post, earlier);
}

function likeness(one: Post, other: Post): number {
  const [first, second] = [wordsOf(one), wordsOf(other)];
  const common = [...first].filter((word) => second.has(word)).length;
  const all = first.size + second.size - common;
  return all === 0 ? 0 : common / all;
}

function wordsOf({ parts }: Post): Set<string> {
  const text = saidIn(parts).toLocaleLowerCase();
  return new Set(text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []);
}
