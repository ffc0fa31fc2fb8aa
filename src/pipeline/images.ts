import type { Failure } from '../domain/errors.ts';
import type { ImageRule } from '../domain/limits.ts';
import type { Part } from '../domain/post.ts';
import type { FetchFailure } from '../http/failure.ts';
import { prepareImage } from '../media/image.ts';
import type { Image } from '../networks/network.ts';
import { networkOf } from '../networks/registry.ts';
import type { AccountRow } from '../store/account.ts';
import { limitsOf } from './limits.ts';
import type { Tools } from './tools.ts';

/** What a part shows beside its text, ready to send. */
export interface Pictures {
  readonly images: readonly Image[];
  readonly cardImage: Image | null;
}

export const noPictures: Pictures = { images: [], cardImage: null };

/** For all pictures of a post together: below the time after which its worker counts as dead. */
const ALL_MS = 20_000;
/** A card's picture is an ornament: nobody waits longer for it. */
const CARD_MS = 8_000;
/** Above every network's own limit; what is larger on the page is made smaller here. */
const MAX_BYTES = 20 * 1024 * 1024;
/** Some sites send their pictures without a type; the bytes decide anyway. */
const ACCEPT = ['image/*', 'application/octet-stream'];
/** A site in trouble is asked this often, over some 15 s, before a person is. */
const TRIES = 3;

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
  { http, log }: Pick<Tools, 'http' | 'log'>,
  parts: readonly Part[],
  account: Pick<AccountRow, 'network' | 'limits'>,
  tries: number,
): Promise<readonly Pictures[] | Failure> {
  const rule = limitsOf(account).images;
  if (rule === null) return parts.map(() => noPictures);
  const { linkCard } = networkOf(account.network).profile.powers;
  const signal = AbortSignal.timeout(ALL_MS);
  const ready: Pictures[] = [];
  for (const { media, card } of parts) {
    const images: Image[] = [];
    for (const { source, alt } of media) {
      const image = await fetchImage(http, source, alt, rule, signal);
      if (image.kind !== 'image') return failureOf(image, source, tries);
      images.push(image);
    }
    const wanted = images.length === 0 && linkCard === 'client' ? (card?.image ?? null) : null;
    const shown =
      wanted === null
        ? null
        : await fetchImage(
            http,
            wanted.url,
            rule.maxAlt === 0 ? wanted.alt : wanted.alt.slice(0, rule.maxAlt),
            rule,
            AbortSignal.any([signal, AbortSignal.timeout(CARD_MS)]),
          );
    if (shown !== null && shown.kind !== 'image')
      log.info({ url: wanted?.url, reason: shown.detail }, 'a card goes out without its picture');
    ready.push({ images, cardImage: shown?.kind === 'image' ? shown : null });
  }
  return ready;
}

interface Unusable {
  readonly kind: 'refused' | 'down';
  readonly detail: string;
}

async function fetchImage(
  http: Tools['http'],
  url: string,
  alt: string,
  rule: ImageRule,
  signal: AbortSignal,
): Promise<(Image & { kind: 'image' }) | Unusable> {
  const answer = await http.get(url, { accept: ACCEPT, maxBytes: MAX_BYTES, signal });
  if (answer.kind !== 'fetched') return { kind: mayPass(answer) ? 'down' : 'refused', detail: answer.sentence };
  return prepareImage(answer.body, rule, alt);
}

/** Trouble that another try may not meet. */
function mayPass({ kind, status = 0 }: FetchFailure): boolean {
  if (kind === 'http-status') return status === 429 || status >= 500;
  return kind === 'timeout' || kind === 'aborted' || kind === 'dns' || kind === 'refused' || kind === 'broken';
}

function failureOf(fault: Unusable, source: string, tries: number): Failure {
  const kind = fault.kind === 'down' && tries + 1 < TRIES ? 'down' : 'refused';
  const detail = `Nothing was sent, because the image ${source} cannot be used: ${fault.detail}`;
  return { kind, cause: 'media_rejected', detail: detail.slice(0, 1024) };
}
