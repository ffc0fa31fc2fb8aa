import type { Article } from '../domain/article.ts';
import type { HouseRules } from '../domain/house-rules.ts';
import type { ImageRule, Limits } from '../domain/limits.ts';
import type { LinkCard, Part, PartMedia } from '../domain/post.ts';
import type { Summary } from '../domain/summary.ts';
import { networkOf } from '../networks/registry.ts';
import type { AccountRow } from '../store/account.ts';
import { limitCashtags } from '../text/cashtags.ts';
import { tagsToPost } from '../text/fit.ts';
import { chooseHashtags } from '../text/hashtags.ts';
import { fitInHouse, hashtagsInHouse } from '../text/house.ts';
import { shortenToWords } from '../text/shorten.ts';
import { contentOf } from './content.ts';
import { limitsOf } from './limits.ts';

export interface Writing {
  /** Where the article's image is: kept here, or on its site; absent or null where none is shown. */
  readonly imageSource?: string | null;
  /** How long the text is meant to be, in the network's unit, where it should be shorter than it may be. */
  readonly target?: number;
}

/** What an account says of an article: fitted to its network, with its hashtags, link, image or card. */
export function write(
  article: Article,
  summary: Summary,
  account: AccountRow,
  rules: HouseRules,
  { imageSource = null, target }: Writing = {},
): ReturnType<typeof contentOf> {
  const image = account.settings.images ? leadImage(article, imageSource, limitsOf(account).images) : null;
  const own = target === undefined ? limitsOf(account) : { ...limitsOf(account), target };
  const limits = image === null ? own : besideImage(own);
  const { profile } = networkOf(account.network);
  const { hashtags: strategy, houseTags, maxHashtags } = account.settings;
  const hashtags = chooseHashtags(article, { strategy, ...hashtagsInHouse(rules, houseTags) });
  const most = maxHashtags ?? (strategy === 'headline' ? limits.hashtags.max : limits.hashtags.advised);
  const wanted = { article, summary, limits, hashtags: tagsToPost(hashtags, most) };
  const { link, ...fitted } = fitInHouse(rules, profile.id, wanted);
  const card = profile.powers.linkCard === 'client' && image === null ? cardOf(article, link) : null;
  const parts: Part[] = fitted.parts.map((part, index) => ({
    text: limits.maxCashtags === undefined ? part.text : limitCashtags(part.text, limits.maxCashtags),
    media: index === 0 && image !== null ? [image] : [],
    card: index === 0 ? card : null,
  }));
  return contentOf(account.id, { parts, link, tags: fitted.tags, lang: article.lang });
}

/** The article's own image with its description, cut at a word where the network takes less; null where there is none. */
function leadImage({ image }: Article, source: string | null, rule: ImageRule | null): PartMedia | null {
  if (rule === null || rule.max === 0 || image === null || source === null) return null;
  const alt = image.alt?.trim() ?? '';
  const isShort = (text: string): boolean => rule.maxAlt === 0 || text.length <= rule.maxAlt;
  return { source, alt: isShort(alt) ? alt : (shortenToWords(alt, isShort) ?? '') };
}

/** An image takes the place of a link card, so the link goes into the text; some networks then take less text. */
function besideImage(limits: Limits): Limits {
  const max = Math.min(limits.text.max, limits.images?.maxText ?? limits.text.max);
  return { ...limits, text: { ...limits.text, max }, link: 'in-text' };
}

/** A card's description is cut by every network at about this many characters. */
const CARD_DESCRIPTION = 300;

function cardOf(article: Article, link: string | null): LinkCard | null {
  if (link === null) return null;
  return {
    url: link,
    title: article.title === '' ? link : article.title,
    description: (article.description ?? article.text.split('\n')[0] ?? '').slice(0, CARD_DESCRIPTION),
    image: article.image === null ? null : { url: article.image.url, alt: article.image.alt ?? '' },
  };
}
