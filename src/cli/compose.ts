import type { Article } from '../domain/article.ts';
import { Refusal } from '../domain/errors.ts';
import { noHouseRules } from '../domain/house-rules.ts';
import type { HouseRules } from '../domain/house-rules.ts';
import type { HashtagStrategy, Summary } from '../domain/summary.ts';
import type { Profile } from '../networks/network.ts';
import { networks } from '../networks/registry.ts';
import { grounded } from '../text/grounding-summary.ts';
import { fitInHouse, hashtagsInHouse } from '../text/house.ts';
import type { HousePost } from '../text/house.ts';
import { whyNothingToSay } from '../text/nothing-to-say.ts';
import { summarize } from '../text/summary.ts';
import { readHouseRules } from './read-house-rules.ts';
import { showPost } from './show-post.ts';
import { readArticle } from './read-article.ts';

export interface ComposeOptions {
  readonly title?: string;
  readonly section?: string;
  readonly tags?: string;
  readonly url?: string;
  readonly lang?: string;
  readonly networks?: string;
  readonly hashtags: HashtagStrategy;
  readonly thread?: boolean;
  /** A file with house rules, as `standfirst house-rules get` prints them. */
  readonly houseRules?: string;
  readonly json?: boolean;
}

/**
 * Prints the post that an article becomes on each network. Opens no database and no queue.
 * @throws Refusal for an article or an option that cannot be used
 */
export async function compose(name: string, options: ComposeOptions): Promise<void> {
  const profiles = chooseProfiles(options.networks);
  const given = { ...options, ...(options.lang && { lang: languageOf(options.lang) }) };
  if (options.url !== undefined && !isWebAddress(options.url)) {
    throw new Refusal('invalid', `--url ${options.url} is not an address such as https://example.org/story.`);
  }
  const article = await readArticle(name, given);
  const why = whyNothingToSay(article);
  if (why !== null) throw new Refusal('invalid', `${name}: ${why}`);
  const houseTags = (options.tags ?? '').split(/[\s,;#＃]+/).filter((tag) => tag !== '');
  const rules = options.houseRules === undefined ? noHouseRules : await readHouseRules(options.houseRules);
  const hashtags = { strategy: options.hashtags, ...hashtagsInHouse(rules, houseTags) };
  const summary = grounded(summarize(article, { hashtags }), article);
  const posts = profiles.map((profile) => ({ profile, post: postFor(profile, article, summary, options, rules) }));
  if (posts.every(({ post }) => post.parts.length === 0)) {
    throw new Refusal('invalid', `Nothing of ${name} fits a post.`);
  }
  for (const { profile, post } of posts) {
    process.stdout.write(
      options.json
        ? `${JSON.stringify(asJson(profile, post))}\n`
        : showPost(profile, post, cardOf(profile, post), isColourful()),
    );
  }
}

function postFor(
  profile: Profile,
  article: Article,
  summary: Summary,
  options: ComposeOptions,
  rules: HouseRules,
): HousePost {
  const kept = summary.hashtags.filter((hashtag) => hashtag.kept).map((hashtag) => hashtag.tag);
  return fitInHouse(rules, profile.id, {
    article,
    summary,
    limits: profile.limits,
    ...(options.hashtags === 'headline' && { hashtags: kept }),
    ...(options.thread && profile.powers.threads && { thread: true, numbered: true }),
  });
}

function asJson(profile: Profile, post: HousePost): Record<string, unknown> {
  return {
    network: profile.id,
    name: profile.name,
    parts: post.parts,
    max: post.max,
    unit: post.unit,
    hashtags: post.tags,
    droppedHashtags: post.droppedTags,
    sentences: post.sentences,
    card: cardOf(profile, post),
    ...(post.applied.length > 0 && { applied: post.applied }),
  };
}

/** The link that stands in a card beside the text and not in it. */
function cardOf(profile: Profile, { link }: HousePost): string | null {
  return profile.limits.link === 'card-only' ? link : null;
}

function chooseProfiles(list: string | undefined): Profile[] {
  const known = networks.map((network) => network.profile);
  if (list === undefined) return known;
  const ids = list.split(/[\s,]+/).filter((id) => id !== '');
  const unknown = ids.filter((id) => !known.some((profile) => profile.id === id.toLowerCase()));
  if (unknown.length > 0 || ids.length === 0) {
    const named = unknown.length > 0 ? `There is no network ${unknown.join(', ')}.` : '--networks names none.';
    throw new Refusal('invalid', `${named} There are: ${known.map((profile) => profile.id).join(', ')}.`);
  }
  return known.filter((profile) => ids.some((id) => id.toLowerCase() === profile.id));
}

function languageOf(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? tag;
  } catch {
    throw new Refusal('invalid', `--lang ${tag} is not a language tag such as en, de or pt-BR.`);
  }
}

function isWebAddress(address: string): boolean {
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
}

function isColourful(): boolean {
  return process.stdout.hasColors?.() ?? false;
}
