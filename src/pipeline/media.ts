import type { Article } from '../domain/article.ts';
import { Refusal } from '../domain/errors.ts';
import type { Fault } from '../domain/errors.ts';
import { isKept, keptIn } from '../domain/media.ts';
import type { Part } from '../domain/post.ts';
import { takeIn } from '../media/intake.ts';
import type { Sql } from '../store/database.ts';
import { found } from '../store/database.ts';
import { networkOf } from '../networks/registry.ts';
import { getMedia, insertMedia, keptImages, mediaOfArticle } from '../store/media.ts';
import type { KeptImage, MediaRow, NewMedia } from '../store/media.ts';
import { fetchImageBytes } from './fetch-image.ts';
import type { Unusable } from './fetch-image.ts';
import { limitsOf } from './limits.ts';
import type { LimitedAccount } from './limits.ts';
import { maskedAddress, maskedText } from '../text/masked-address.ts';
import type { Tools } from './tools.ts';

/** Keeps an image that somebody sent, under a name of ours. @throws Refusal with one sentence on what is wrong with it. */
export async function addMedia(
  tools: Pick<Tools, 'database' | 'io'>,
  bytes: Uint8Array,
  alt: string,
  actor: string,
): Promise<MediaRow> {
  const image = await takeIn(bytes);
  if (image.kind === 'refused') {
    const fault = { pointer: '/file', code: image.reason, message: image.detail };
    throw new Refusal(image.reason === 'too-large' ? 'too-large' : 'invalid', image.detail, [fault]);
  }
  const id = tools.io.id('media');
  await tools.database.transaction((sql) => insertMedia(sql, { ...image, id, alt }, actor));
  return found(await getMedia(tools.database, id), 'image', id);
}

/** Fetches an image through the guard and keeps it. */
export async function keepFrom(
  tools: Pick<Tools, 'database' | 'io' | 'http'>,
  url: string,
  about: Pick<NewMedia, 'alt' | 'articleId'>,
  signal: AbortSignal,
): Promise<{ readonly kind: 'kept'; readonly id: string } | Unusable> {
  const fetched = await fetchImageBytes(tools.http, url, signal);
  if (fetched.kind !== 'bytes') return fetched;
  const image = await takeIn(fetched.bytes);
  if (image.kind === 'refused') return image;
  const id = tools.io.id('media');
  await tools.database.transaction((sql) => insertMedia(sql, { ...image, ...about, id, sourceUrl: url }, 'line'));
  return { kind: 'kept', id };
}

/** For an article's image, before its posts are written. */
const ARTICLE_IMAGE_MS = 10_000;

/**
 * An article's own image, kept here, so that a person approves the very picture that goes out. Where its site is in
 * trouble the address stays, and it is fetched when the post is sent; one that is no image is left out.
 */
export async function keepArticleImage(
  tools: Pick<Tools, 'database' | 'io' | 'http' | 'log'>,
  articleId: string,
  { image }: Article,
): Promise<string | null> {
  if (image === null) return null;
  const there = await mediaOfArticle(tools.database, articleId);
  if (there !== null) return there.id;
  const about = { articleId, alt: image.alt?.trim() ?? '' };
  const kept = await keepFrom(tools, image.url, about, AbortSignal.timeout(ARTICLE_IMAGE_MS));
  if (kept.kind === 'kept') return (await mediaOfArticle(tools.database, articleId))?.id ?? null;
  tools.log.info(
    { articleId, url: maskedAddress(image.url), reason: maskedText(kept.detail) },
    'the image of an article is not kept',
  );
  return kept.kind === 'down' ? image.url : null;
}

/** The images of these parts that are kept here, by id. */
export async function keptOf(
  sql: Sql,
  parts: readonly Pick<Part, 'media' | 'card'>[],
): Promise<ReadonlyMap<string, KeptImage>> {
  const images = await keptImages(sql, keptIn(parts));
  return new Map(images.map((image) => [image.id, image]));
}

/** Where parts or their link cards name an image by an id that none has. */
export function missingFaults(
  kept: ReadonlyMap<string, KeptImage>,
  parts: readonly Pick<Part, 'media' | 'card'>[],
): Fault[] {
  return parts.flatMap(({ media, card }, part) => {
    const named = media.map(({ source }, index): [string, string] => [source, `/parts/${part}/media/${index}/source`]);
    if (card?.image != null) named.push([card.image.url, `/parts/${part}/card/image/url`]);
    return named.flatMap(([source, pointer]) => {
      const isMissing = isKept(source) && !kept.has(source);
      return isMissing ? [{ pointer, code: 'not-found', message: `There is no image ${source}.` }] : [];
    });
  });
}

/** Kept images on link cards where the network is not sent the picture, but is told its address: nobody could fetch one from here. */
export function cardImageFaults(parts: readonly Pick<Part, 'card'>[], { network }: LimitedAccount): Fault[] {
  const { profile } = networkOf(network);
  if (profile.limits.images?.byAddress !== true) return [];
  return parts.flatMap(({ card }, part) => {
    if (card?.image == null || !isKept(card.image.url)) return [];
    const message = `${profile.name} is told the address of a link card’s picture: give one that it can fetch, not ${card.image.url}.`;
    return [{ pointer: `/parts/${part}/card/image/url`, code: 'no-address', message }];
  });
}

/** Kept images that are too long for their width, or too high, for an account's network; those of other sites nobody has seen yet. */
export function shapeFaults(
  kept: ReadonlyMap<string, KeptImage>,
  parts: readonly Pick<Part, 'media'>[],
  account: LimitedAccount,
): Fault[] {
  const most = limitsOf(account).images?.maxRatio ?? Infinity;
  const { name } = networkOf(account.network).profile;
  return parts.flatMap(({ media }, part) =>
    media.flatMap(({ source }, index) => {
      const { width, height } = kept.get(source) ?? { width: 1, height: 1 };
      if (Math.max(width, height) <= most * Math.min(width, height)) return [];
      const message = `Image ${index + 1} is ${width} × ${height}; on ${name} one side may be ${most} times the other: crop it.`;
      return [{ pointer: `/parts/${part}/media/${index}/source`, code: 'image-too-long', message }];
    }),
  );
}
