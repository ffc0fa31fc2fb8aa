import { z } from 'zod';
import { Refusal } from '../domain/errors.ts';
import { keptIn } from '../domain/media.ts';
import type { Part } from '../domain/post.ts';
import { found } from './database.ts';
import type { Sql } from './database.ts';
import { recordEvent } from './event.ts';
import type { PageRequest } from './page.ts';
import { staleVersion } from './stale-version.ts';

const mediaRow = z.object({
  id: z.string(),
  type: z.string(),
  width: z.number(),
  height: z.number(),
  size: z.number(),
  alt: z.string(),
  sourceUrl: z.string().nullable(),
  articleId: z.string().nullable(),
  version: z.number(),
  createdBy: z.string(),
  createdAt: z.date(),
});
export type MediaRow = z.infer<typeof mediaRow>;

const columns = `id, type, width, height, size, alt, source_url AS "sourceUrl", article_id AS "articleId", version,
  created_by AS "createdBy", created_at AS "createdAt"`;

export interface NewMedia {
  readonly id: string;
  readonly type: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
  readonly alt: string;
  readonly sourceUrl?: string | null;
  readonly articleId?: string | null;
}

/** Keeps an image. @returns false where the article has one already: two workers fetched it. */
export async function insertMedia(sql: Sql, media: NewMedia, actor: string): Promise<boolean> {
  const { id, type, width, height, bytes, alt, sourceUrl = null, articleId = null } = media;
  const written = await sql.run(
    `INSERT INTO standfirst.media (id, type, width, height, size, bytes, alt, source_url, article_id, created_by, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, standfirst.clock()) ON CONFLICT (article_id) DO NOTHING`,
    [id, type, width, height, bytes.byteLength, Buffer.from(bytes), alt, sourceUrl, articleId, actor],
  );
  if (written === 0) return false;
  const data = { type, width, height };
  await recordEvent(sql, { type: 'media.added', subject: id, actor, data, after: { ...data, alt } });
  return true;
}

export function getMedia(sql: Sql, id: string): Promise<MediaRow | null> {
  return sql.one(mediaRow, `SELECT ${columns} FROM standfirst.media WHERE id = $1`, [id]);
}

export function mediaOfArticle(sql: Sql, articleId: string): Promise<MediaRow | null> {
  return sql.one(mediaRow, `SELECT ${columns} FROM standfirst.media WHERE article_id = $1`, [articleId]);
}

/** Newest first. */
export function pageMedia(sql: Sql, page: PageRequest): Promise<MediaRow[]> {
  return sql.many(
    mediaRow,
    `SELECT ${columns} FROM standfirst.media WHERE $2::text IS NULL OR id < $2 ORDER BY id DESC LIMIT $1`,
    [page.limit, page.after?.[0] ?? null],
  );
}

const content = z.object({ type: z.string(), bytes: z.instanceof(Buffer) });

/** The image itself. */
export function getMediaBytes(sql: Sql, id: string): Promise<z.infer<typeof content> | null> {
  return sql.one(content, `SELECT type, bytes FROM standfirst.media WHERE id = $1`, [id]);
}

const keptImage = mediaRow.pick({ id: true, width: true, height: true, alt: true });
export type KeptImage = z.infer<typeof keptImage>;

/** Those of these that are kept here. */
export function keptImages(sql: Sql, ids: readonly string[]): Promise<KeptImage[]> {
  if (ids.length === 0) return Promise.resolve([]);
  return sql.many(keptImage, `SELECT id, width, height, alt FROM standfirst.media WHERE id = ANY ($1)`, [ids]);
}

/** Notes which revision of which post shows which images. */
export async function recordMediaUse(
  sql: Sql,
  revisions: readonly { readonly postId: string; readonly revision: number; readonly parts: readonly Part[] }[],
): Promise<void> {
  const uses = revisions.flatMap(({ parts, ...shown }) => keptIn(parts).map((mediaId) => ({ mediaId, ...shown })));
  if (uses.length === 0) return;
  await sql.run(
    `INSERT INTO standfirst.media_use (media_id, post_id, revision)
     SELECT "mediaId", "postId", revision FROM jsonb_to_recordset($1) AS use ("mediaId" text, "postId" text, revision int)`,
    [JSON.stringify(uses)],
  );
}

/** Notes what the addresses in an approved revision showed: `ids` are kept images, by address. */
export async function recordApprovedImages(
  sql: Sql,
  postId: string,
  revision: number,
  ids: ReadonlyMap<string, string>,
): Promise<void> {
  // What an earlier approval of the same words saw does not count any more.
  await sql.run(`DELETE FROM standfirst.media_use WHERE post_id = $1 AND revision = $2 AND source IS NOT NULL`, [
    postId,
    revision,
  ]);
  await sql.run(
    `INSERT INTO standfirst.media_use (media_id, post_id, revision, source)
     SELECT media_id, $1, $2, source FROM unnest($3::text[], $4::text[]) AS seen (media_id, source)`,
    [postId, revision, [...ids.values()], [...ids.keys()]],
  );
}

/** What the addresses in a revision showed when it was approved: ids of kept images, by address. */
export async function approvedImages(sql: Sql, postId: string, revision: number): Promise<ReadonlyMap<string, string>> {
  const rows = await sql.many(
    z.object({ mediaId: z.string(), source: z.string() }),
    `SELECT media_id AS "mediaId", source FROM standfirst.media_use
      WHERE post_id = $1 AND revision = $2 AND source IS NOT NULL`,
    [postId, revision],
  );
  return new Map(rows.map(({ mediaId, source }) => [source, mediaId]));
}

/** What is said of an image where a post does not say it itself. @throws Refusal not-found, stale-version. */
export async function describeMedia(
  sql: Sql,
  id: string,
  version: number,
  alt: string,
  actor: string,
): Promise<MediaRow> {
  const before = found(await getMedia(sql, id), 'image', id);
  const row = await sql.one(
    mediaRow,
    `UPDATE standfirst.media SET alt = $3, version = version + 1 WHERE id = $1 AND version = $2 RETURNING ${columns}`,
    [id, version, alt],
  );
  if (row !== null) {
    const [was, is] = [{ alt: before.alt }, { alt }];
    await recordEvent(sql, { type: 'media.described', subject: id, actor, before: was, after: is });
    return row;
  }
  const now = found(await getMedia(sql, id), 'image', id);
  throw staleVersion(`Image ${id}`, now.version, version);
}

/** A post that may go out with this image, or again: nothing that has ended holds an image back. */
const NEEDS = `use.media_id = $1 AND (
    post.state NOT IN ('published', 'cancelled', 'superseded') AND post.revision = use.revision
    OR EXISTS (SELECT 1 FROM standfirst.recurrence AS again
                WHERE again.post_id = post.id AND again.revision = use.revision AND again.ended_at IS NULL))`;

/** @throws Refusal not-found, stale-version, or conflict where a post needs it. */
export async function removeMedia(sql: Sql, id: string, version: number | null, actor: string): Promise<void> {
  // Waits for posts that are being written with it, and they for this.
  const row = await sql.one(mediaRow, `SELECT ${columns} FROM standfirst.media WHERE id = $1 FOR UPDATE`, [id]);
  const { version: now, type, width, height, alt } = found(row, 'image', id);
  if (version !== null && version !== now) throw staleVersion(`Image ${id}`, now, version);
  const needs = await sql.many(
    z.object({ id: z.string() }),
    `SELECT DISTINCT post.id FROM standfirst.media_use AS use JOIN standfirst.post AS post ON post.id = use.post_id
      WHERE ${NEEDS} ORDER BY post.id LIMIT 4`,
    [id],
  );
  if (needs.length > 0) {
    const named = needs.slice(0, 3).map((post) => post.id);
    const posts = `${named.join(', ')}${needs.length > 3 ? ' and others' : ''}`;
    throw new Refusal('conflict', `Image ${id} is in use by ${posts}: take it out of them, or cancel them, first.`);
  }
  await sql.run('DELETE FROM standfirst.media_use WHERE media_id = $1', [id]);
  await sql.run('DELETE FROM standfirst.media WHERE id = $1', [id]);
  await recordEvent(sql, { type: 'media.removed', subject: id, actor, before: { type, width, height, alt } });
}
