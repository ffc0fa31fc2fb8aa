import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Failure } from '../domain/errors.ts';
import type { ImageRule } from '../domain/limits.ts';
import { findWebLinks } from '../text/web-links.ts';
import { ask } from './ask.ts';
import type { Reply } from './ask.ts';
import { fileNameOf } from './form.ts';
import type { Image, NetworkIo } from './network.ts';
import { failure, failureOfStatus } from './outcome.ts';

/**
 * Kinds and descriptions: https://docs.slack.dev/reference/block-kit/blocks/image-block. The number is ours: the blocks of
 * a message may hold some 13,200 characters together, and this many descriptions fit beside the longest text, escapes
 * counted.
 */
export const slackImages = {
  max: 4,
  maxBytes: 10_000_000,
  types: ['image/jpeg', 'image/png', 'image/gif'],
  maxAlt: 2000,
} as const satisfies ImageRule;

/** A file is looked at for harm before a message may show it; it is asked after this often, and then given up for now. */
const POLLS = 20;
const POLL_MS = 500;

/** A file that is kept at Slack, and how it is described. */
export interface SlackFile {
  readonly id: string;
  readonly alt: string;
}

/** The Web API in a bot's name; `failureOf` reads a refusal. */
export interface SlackApi {
  call(method: string, body: Record<string, unknown>): Promise<Reply | Failure>;
  failureOf(reply: Reply): Failure;
}

const placeReply = z.object({ ok: z.literal(true), upload_url: z.url(), file_id: z.string().min(1) });
const okReply = z.object({ ok: z.literal(true) });
const infoReply = z.object({ ok: z.literal(true), file: z.object({ mimetype: z.string().default('') }) });

/**
 * Uploads images without sharing them anywhere, so that one message can show them and carry the key it is found by.
 * https://docs.slack.dev/messaging/working-with-files#upload
 */
export async function uploadFiles(
  images: readonly Image[],
  api: SlackApi,
  io: NetworkIo,
): Promise<SlackFile[] | Failure> {
  const files: SlackFile[] = [];
  for (const image of images) {
    const id = await upload(image, api, io);
    if (typeof id !== 'string') return rejected(id);
    files.push({ id, alt: image.alt === '' ? fileNameOf(image.type) : image.alt });
  }
  if (files.length === 0) return files;
  const kept = await api.call('files.completeUploadExternal', { files: files.map(({ id }) => ({ id })) });
  if (kept.kind !== 'reply') return kept;
  if (!okReply.safeParse(kept.json).success) return rejected(api.failureOf(kept));
  for (const { id } of files) {
    const fault = await untilReady(id, api, io);
    if (fault !== null) return fault;
  }
  return files;
}

async function upload(image: Image, api: SlackApi, io: NetworkIo): Promise<string | Failure> {
  const about = { filename: fileNameOf(image.type), length: image.bytes.length };
  const place = await api.call('files.getUploadURLExternal', about);
  if (place.kind !== 'reply') return place;
  const given = placeReply.safeParse(place.json);
  if (!given.success) return api.failureOf(place);
  const { upload_url: url, file_id: id } = given.data;
  const headers = { 'content-type': image.type };
  const put = await ask(io, url, { method: 'POST', headers, body: new Uint8Array(image.bytes) });
  if (put.kind !== 'reply') return put;
  return put.status === 200 ? id : failureOfStatus(put, io.now());
}

/** A message that names a file too early is refused. */
async function untilReady(id: string, api: SlackApi, io: NetworkIo): Promise<Failure | null> {
  for (let poll = 1; poll <= POLLS; poll += 1) {
    const reply = await api.call('files.info', { file: id });
    if (reply.kind !== 'reply') return reply;
    const info = infoReply.safeParse(reply.json);
    if (!info.success) return api.failureOf(reply);
    if (info.data.file.mimetype !== '') return null;
    await sleep(POLL_MS, undefined, { signal: io.signal }).catch(() => undefined);
  }
  return failure('down', 'provider_down', 'Slack: the image is still being looked at.');
}

/** What is refused of an upload is the image, unless it is a permission that is missing. */
function rejected(fault: Failure): Failure {
  const isContent = fault.kind === 'refused' && (fault.cause === 'content_rejected' || fault.cause === 'too_long');
  return isContent ? { ...fault, cause: 'media_rejected' } : fault;
}

/**
 * The text above its images. In rich text nothing is markup and nothing is escaped, so that what is written is what is read:
 * https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
 */
export function blocksOf(text: string, files: readonly SlackFile[]): object[] {
  return [
    { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: elementsOf(text) }] },
    ...files.map(({ id, alt }) => ({ type: 'image', slack_file: { id }, alt_text: alt })),
  ];
}

/** Words and links in turn: in rich text an address is a link only where it is said to be one. */
function elementsOf(text: string): object[] {
  const elements: object[] = [];
  let at = 0;
  for (const { start, end, url } of findWebLinks(text)) {
    if (start > at) elements.push({ type: 'text', text: text.slice(at, start) });
    elements.push({ type: 'link', url });
    at = end;
  }
  if (at < text.length) elements.push({ type: 'text', text: text.slice(at) });
  return elements;
}
