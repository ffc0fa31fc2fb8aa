import { Refusal } from '../domain/errors.ts';
import { isKept } from '../domain/media.ts';
import type { Part } from '../domain/post.ts';
import { networkOf } from '../networks/registry.ts';
import type { Claim } from '../store/claim.ts';
import type { Sql } from '../store/database.ts';
import { approvedImages, recordApprovedImages } from '../store/media.ts';
import { getPost } from '../store/post.ts';
import { maskedAddress } from '../text/masked-address.ts';
import { sendsCardPictures } from './images.ts';
import { keepFrom } from './media.ts';
import type { Tools } from './tools.ts';

/** Whoever approves waits for this. */
const WAIT_MS = 10_000;

type KeepTools = Pick<Tools, 'database' | 'io' | 'http'>;

/** Images of other sites, by their address, and the revision that shows them. */
export interface Kept {
  readonly revision: number;
  readonly ids: ReadonlyMap<string, string>;
}

/**
 * Keeps the images that a post names by their address: what is approved is what goes out, whatever their sites show later.
 * A card's picture that cannot be had is left out when the post is sent, and now.
 * @throws Refusal conflict where another cannot be had: nobody can have seen it.
 */
export async function keepForApproval(tools: KeepTools, postId: string): Promise<Kept> {
  const post = await getPost(tools.database, postId);
  if (post === null) return { revision: 0, ids: new Map() };
  const { ids, faults } = await keepShown(tools, post.parts, sendsCards(post.network));
  const [fault] = faults;
  if (fault === undefined) return { revision: post.revision, ids };
  throw new Refusal(
    'conflict',
    `Post ${postId} was not approved, because its image ${maskedAddress(fault.source)} cannot be had: ${fault.detail} Approve it again when its site shows it, or give it another image.`,
  );
}

/** Binds them to the approval, in its transaction. @throws Refusal stale-version where the text is another one meanwhile. */
export async function bindImages(sql: Sql, postId: string, { revision, ids }: Kept): Promise<void> {
  const post = await getPost(sql, postId);
  if (post === null || addressesOf(post.parts, sendsCards(post.network)).length === 0) return;
  if (post.revision !== revision) {
    const sentence = `The text of post ${postId} was changed while its images were looked at: read it again.`;
    throw new Refusal('stale-version', sentence);
  }
  await recordApprovedImages(sql, postId, revision, ids);
}

/** An image of another site that was not kept. */
interface Missing {
  readonly source: string;
  /** `down` may pass. */
  readonly kind: 'refused' | 'down';
  readonly detail: string;
}

/**
 * Fetches and keeps what stands at the addresses in these parts.
 * @param withCards whether the pictures of link cards too. @returns ids of kept images by address, and what is wrong with the others.
 */
export async function keepShown(
  tools: KeepTools,
  parts: readonly Part[],
  withCards: boolean,
): Promise<{ readonly ids: ReadonlyMap<string, string>; readonly faults: readonly Missing[] }> {
  const signal = AbortSignal.timeout(WAIT_MS);
  const ids = new Map<string, string>();
  const faults: Missing[] = [];
  await Promise.all(
    addressesOf(parts, withCards).map(async ({ source, alt, isCard }) => {
      const image = await keepFrom(tools, source, { alt }, signal);
      if (image.kind === 'kept') ids.set(source, image.id);
      else if (!isCard) faults.push({ source, kind: image.kind, detail: image.detail });
    }),
  );
  return { ids, faults };
}

/** Parts of a claimed post with the images that were approved, where those were named by their address. */
export async function withApprovedImages(
  sql: Sql,
  { postId, revision, network }: Pick<Claim, 'postId' | 'revision' | 'network'>,
  parts: readonly Part[],
): Promise<readonly Part[]> {
  const withCards = sendsCards(network);
  if (addressesOf(parts, withCards).length === 0) return parts;
  const ids = await approvedImages(sql, postId, revision);
  return parts.map(({ text, media, card }) => ({
    text,
    media: media.map((image) => ({ ...image, source: ids.get(image.source) ?? image.source })),
    card:
      card?.image == null || !withCards
        ? card
        : { ...card, image: { ...card.image, url: ids.get(card.image.url) ?? card.image.url } },
  }));
}

function sendsCards(network: string): boolean {
  return sendsCardPictures(networkOf(network).profile);
}

/** Addresses of other sites' images, each once. */
function addressesOf(
  parts: readonly Part[],
  withCards: boolean,
): { readonly source: string; readonly alt: string; readonly isCard: boolean }[] {
  const all = parts.flatMap(({ media, card }) => [
    ...media.map(({ source, alt }) => ({ source, alt, isCard: false })),
    ...(withCards && media.length === 0 && card?.image != null
      ? [{ source: card.image.url, alt: card.image.alt, isCard: true }]
      : []),
  ]);
  return [...new Map(all.map((one) => [one.source, one])).values()].filter(({ source }) => !isKept(source));
}
