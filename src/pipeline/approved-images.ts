import { Refusal } from '../domain/errors.ts';
import { isKept } from '../domain/media.ts';
import type { Part } from '../domain/post.ts';
import type { Claim } from '../store/claim.ts';
import type { Sql } from '../store/database.ts';
import { approvedImages, recordApprovedImages } from '../store/media.ts';
import { getPost } from '../store/post.ts';
import { maskedAddress } from '../text/masked-address.ts';
import { keepFrom } from './media.ts';
import type { Tools } from './tools.ts';

/** Whoever approves waits for this. */
const WAIT_MS = 10_000;

/** Images of other sites, by their address, and the revision that shows them. */
export interface Kept {
  readonly revision: number;
  readonly ids: ReadonlyMap<string, string>;
}

/**
 * Keeps the images that a post names by their address: what is approved is what goes out, whatever their sites show later.
 * @returns null where it names none.
 * @throws Refusal conflict where one cannot be had: nobody can have seen it.
 */
export async function keepForApproval(
  tools: Pick<Tools, 'database' | 'io' | 'http'>,
  postId: string,
): Promise<Kept | null> {
  const post = await getPost(tools.database, postId);
  const sources = post === null ? [] : addressesIn(post.parts);
  if (post === null || sources.length === 0) return null;
  const signal = AbortSignal.timeout(WAIT_MS);
  const alts = new Map(post.parts.flatMap(({ media }) => media.map(({ source, alt }) => [source, alt] as const)));
  const kept = await Promise.all(
    sources.map(async (source) => {
      const image = await keepFrom(tools, source, { alt: alts.get(source) ?? '' }, signal);
      if (image.kind === 'kept') return [source, image.id] as const;
      throw new Refusal(
        'conflict',
        `Post ${postId} was not approved, because its image ${maskedAddress(source)} cannot be had: ${image.detail} Approve it again when its site shows it, or give it another image.`,
      );
    }),
  );
  return { revision: post.revision, ids: new Map(kept) };
}

/** Binds them to the approval, in its transaction. @throws Refusal stale-version where the text is another one meanwhile. */
export async function bindImages(sql: Sql, postId: string, { revision, ids }: Kept): Promise<void> {
  if ((await getPost(sql, postId))?.revision !== revision) {
    const sentence = `The text of post ${postId} was changed while its images were looked at: read it again.`;
    throw new Refusal('stale-version', sentence);
  }
  await recordApprovedImages(sql, postId, revision, ids);
}

/** Parts of a claimed post with the images that were approved, where those were named by their address. */
export async function withApprovedImages(
  sql: Sql,
  { postId, revision }: Pick<Claim, 'postId' | 'revision'>,
  parts: readonly Part[],
): Promise<readonly Part[]> {
  if (addressesIn(parts).length === 0) return parts;
  const ids = await approvedImages(sql, postId, revision);
  return parts.map((part) => ({
    ...part,
    media: part.media.map((image) => ({ ...image, source: ids.get(image.source) ?? image.source })),
  }));
}

function addressesIn(parts: readonly Part[]): string[] {
  return [...new Set(parts.flatMap(({ media }) => media.map(({ source }) => source)))].filter(
    (source) => !isKept(source),
  );
}
