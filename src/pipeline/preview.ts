import type { Article } from '../domain/article.ts';
import { Refusal } from '../domain/errors.ts';
import type { HouseRules } from '../domain/house-rules.ts';
import type { LengthUnit } from '../domain/limits.ts';
import type { Hashtag, HashtagStrategy, Summary } from '../domain/summary.ts';
import type { Network } from '../networks/network.ts';
import { priceOf } from '../networks/price.ts';
import { networkOf, networks } from '../networks/registry.ts';
import { listAccounts } from '../store/account.ts';
import type { ArticleRequest } from '../store/article.ts';
import { getHouseRules } from '../store/house-rules.ts';
import { tagsToPost } from '../text/fit.ts';
import { grounded } from '../text/grounding-summary.ts';
import { chooseHashtags } from '../text/hashtags.ts';
import { fitInHouse, hashtagsInHouse } from '../text/house.ts';
import { summarize } from '../text/summary.ts';
import { readRequest } from './ingest.ts';
import { repeatsIn } from './limits.ts';
import type { Tools } from './tools.ts';

export interface PreviewedPost {
  readonly network: string;
  readonly parts: readonly { readonly text: string; readonly length: number }[];
  readonly max: number;
  readonly unit: LengthUnit;
  readonly tags: readonly string[];
  readonly link: string | null;
  /** What the house rules did to it, a sentence each. */
  readonly applied: readonly string[];
  /** What of it went out on an account of this network before, a sentence each. */
  readonly repeats: readonly string[];
  /** What the network charges, in millionths of a US dollar. */
  readonly costMicroUsd: number;
}

/**
 * What the line would make of an article, network by network; nothing is stored or rung.
 * @param networkIds default all.
 * @throws Refusal where the article cannot be read, or a network is not known.
 */
export async function preview(
  tools: Pick<Tools, 'database' | 'http' | 'extract'>,
  request: ArticleRequest,
  options: { readonly networkIds?: readonly string[]; readonly hashtags: HashtagStrategy },
): Promise<{ article: Article; summary: Summary; posts: PreviewedPost[] }> {
  const chosen = options.networkIds?.map(networkOf) ?? networks;
  const read = await readRequest(tools, request);
  if (read.kind === 'refused') throw new Refusal('invalid', read.detail);
  const { article } = read;
  const { rules } = await getHouseRules(tools.database);
  const ofHouse = hashtagsInHouse(rules);
  const summary = grounded(summarize(article, { hashtags: { strategy: 'smart', ...ofHouse } }), article);
  const tags = chooseHashtags(article, { strategy: options.hashtags, ...ofHouse });
  const accounts = await listAccounts(tools.database);
  const posts: PreviewedPost[] = [];
  for (const network of chosen) {
    const post = write(network, article, summary, tags, options.hashtags, rules);
    const repeats: string[] = [];
    for (const account of accounts.filter((one) => one.network === network.profile.id)) {
      const parts = post.parts.map(({ text }) => ({ text, card: null }));
      const found = await repeatsIn(tools.database, { id: '', accountId: account.id, parts, link: post.link });
      repeats.push(...found.map(({ message }) => message));
    }
    posts.push({ ...post, repeats });
  }
  return { article, summary, posts };
}

function write(
  { profile }: Network,
  article: Article,
  summary: Summary,
  tags: readonly Hashtag[],
  strategy: HashtagStrategy,
  rules: HouseRules,
): Omit<PreviewedPost, 'repeats'> {
  const { limits } = profile;
  const most = strategy === 'headline' ? limits.hashtags.max : limits.hashtags.advised;
  const fitted = fitInHouse(rules, profile.id, { article, summary, limits, hashtags: tagsToPost(tags, most) });
  return {
    network: profile.id,
    parts: fitted.parts,
    max: fitted.max,
    unit: fitted.unit,
    tags: fitted.tags,
    link: fitted.link,
    applied: fitted.applied,
    costMicroUsd: priceOf(profile, fitted.parts),
  };
}
