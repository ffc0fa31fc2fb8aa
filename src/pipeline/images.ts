import type { Failure } from '../domain/errors.ts';
import type { ImageRule } from '../domain/limits.ts';
import { isKept } from '../domain/media.ts';
import type { Part } from '../domain/post.ts';
import { prepareImage } from '../media/image.ts';
import type { Crop } from '../media/image.ts';
import type { Image, Profile } from '../networks/network.ts';
import { networkOf } from '../networks/registry.ts';
import type { AccountRow } from '../store/account.ts';
import { getMediaBytes } from '../store/media.ts';
import { fetchImageBytes } from './fetch-image.ts';
import type { Unusable } from './fetch-image.ts';
import { limitsOf } from './limits.ts';
import { keepFrom } from './media.ts';
import { publicAddressOf } from './media-address.ts';
import { maskedAddress, maskedText } from '../text/masked-address.ts';
import type { Tools } from './tools.ts';

/** What a part shows beside its text, ready to send. */
export interface Pictures {
  readonly images: readonly Image[];
  readonly cardImage: Image | null;
}

type PictureTools = Pick<Tools, 'database' | 'http' | 'io' | 'keyring' | 'log' | 'publicUrl'>;

export const noPictures: Pictures = { images: [], cardImage: null };

/** For all pictures of a post together: below the time after which its worker counts as dead. */
const ALL_MS = 20_000;
/** A card's picture is an ornament: nobody waits longer for it. */
const CARD_MS = 8_000;
/** A site in trouble is asked this often, over some 15 s, before a person is. */
const TRIES = 3;

/** Whether we send the network the picture of a link card: where it builds the card, or fetches by itself, it has the address. */
export function sendsCardPictures({ powers, limits }: Profile): boolean {
  return powers.linkCard === 'client' && limits.images !== null && limits.images.byAddress !== true;
}

/** Whether the network is sent files for this part: then it takes longer than the moment between claim and request. */
export function needsPictures(part: Part): boolean {
  return part.media.length > 0;
}

/**
 * Fetches and prepares the pictures of `parts`, one `Pictures` per part in their order, before anything is sent. One
 * image that cannot be had is a failure of the post; a card's picture that cannot be had is left out.
 * @param tries tries of the post counted so far: a site in trouble is asked again, at most three times.
 */
export async function fetchPictures(
  tools: PictureTools,
  parts: readonly Part[],
  account: Pick<AccountRow, 'network' | 'limits'>,
  tries: number,
): Promise<readonly Pictures[] | Failure> {
  const { images: rule, cardRatio } = limitsOf(account);
  if (rule === null) return parts.map(() => noPictures);
  const sendsCards = sendsCardPictures(networkOf(account.network).profile);
  const signal = AbortSignal.timeout(ALL_MS);
  const ready: Pictures[] = [];
  for (const { media, card } of parts) {
    const images: Image[] = [];
    for (const { source, alt } of media) {
      const image = await (rule.byAddress === true
        ? fetchAddressed(tools, source, alt, rule, account.network, signal)
        : fetchImage(tools, source, alt, rule, signal));
      if (image.kind !== 'image') return failureOf(image, source, tries);
      images.push(image);
    }
    const wanted = images.length === 0 && sendsCards ? (card?.image ?? null) : null;
    const shown =
      wanted === null
        ? null
        : await fetchImage(
            tools,
            wanted.url,
            rule.maxAlt === 0 ? wanted.alt : wanted.alt.slice(0, rule.maxAlt),
            rule,
            AbortSignal.any([signal, AbortSignal.timeout(CARD_MS)]),
            cardRatio === undefined || wanted.focus === undefined ? null : { ratio: cardRatio, focus: wanted.focus },
          );
    if (shown !== null && shown.kind !== 'image')
      tools.log.info(
        { url: maskedAddress(wanted?.url ?? ''), reason: maskedText(shown.detail) },
        'a card goes out without its picture',
      );
    ready.push({ images, cardImage: shown?.kind === 'image' ? shown : null });
  }
  return ready;
}

async function fetchImage(
  { http, database }: Pick<Tools, 'http' | 'database'>,
  source: string,
  alt: string,
  rule: ImageRule,
  signal: AbortSignal,
  crop: Crop | null = null,
): Promise<(Image & { kind: 'image' }) | Unusable> {
  if (isKept(source)) {
    const kept = await getMediaBytes(database, source);
    if (kept === null) return { kind: 'refused', detail: 'it is not kept here any more.' };
    return prepareImage(kept.bytes, rule, alt, crop);
  }
  const fetched = await fetchImageBytes(http, source, signal);
  return fetched.kind === 'bytes' ? prepareImage(fetched.bytes, rule, alt, crop) : fetched;
}

/** The same, with an address at which the network fetches it: of an image that is kept, so another site's is kept first. */
async function fetchAddressed(
  tools: PictureTools,
  source: string,
  alt: string,
  rule: ImageRule,
  network: string,
  signal: AbortSignal,
): Promise<(Image & { kind: 'image' }) | Unusable> {
  if (tools.publicUrl === null) {
    const detail =
      'the network fetches images itself, and nobody reaches this installation: set STANDFIRST_PUBLIC_URL.';
    return { kind: 'refused', detail };
  }
  const kept = isKept(source) ? { kind: 'kept' as const, id: source } : await keepFrom(tools, source, { alt }, signal);
  if (kept.kind !== 'kept') return kept;
  const image = await fetchImage(tools, kept.id, alt, rule, signal);
  const url = publicAddressOf(tools, kept.id, network);
  return image.kind === 'image' && url !== null ? { ...image, url } : image;
}

function failureOf(fault: Unusable, source: string, tries: number): Failure {
  const kind = fault.kind === 'down' && tries + 1 < TRIES ? 'down' : 'refused';
  const detail = `Nothing was sent, because the image ${source} cannot be used: ${fault.detail}`;
  return { kind, cause: 'media_rejected', detail: detail.slice(0, 1024) };
}
