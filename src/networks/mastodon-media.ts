import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Failure } from '../domain/errors.ts';
import { remoteId } from './address.ts';
import { ask, bearer } from './ask.ts';
import { formOf } from './form.ts';
import type { Image, NetworkIo } from './network.ts';
import { failure, failureOfStatus } from './outcome.ts';

/** A server answers 202 while it still looks at an image; it is asked again this often, and then given up. */
const POLLS = 10;
const POLL_MS = 1000;

interface Login {
  readonly server: string;
  readonly accessToken: string;
}

/** Uploads images with their alternative text, in order. Answers their ids, or the first failure. https://docs.joinmastodon.org/methods/media/ */
export async function uploadAll(images: readonly Image[], login: Login, io: NetworkIo): Promise<string[] | Failure> {
  const ids: string[] = [];
  for (const image of images) {
    const id = await upload(image, login, io);
    if (typeof id !== 'string') return id;
    ids.push(id);
  }
  return ids;
}

const mediaReply = z.object({ id: remoteId });

async function upload(image: Image, login: Login, io: NetworkIo): Promise<string | Failure> {
  const headers = bearer(login.accessToken);
  const { headers: type, body } = formOf({ description: image.alt }, { file: image });
  const reply = await ask(io, `${login.server}/api/v2/media`, {
    method: 'POST',
    headers: { ...headers, ...type },
    body,
  });
  if (reply.kind !== 'reply') return reply;
  const parsed = mediaReply.safeParse(reply.json);
  if ((reply.status !== 200 && reply.status !== 202) || !parsed.success) {
    const general = failureOfStatus(reply, io.now());
    return general.kind === 'refused' ? failure('refused', 'media_rejected', general.detail) : general;
  }
  let status: number = reply.status;
  for (let poll = 0; status !== 200 && poll < POLLS; poll += 1) {
    await sleep(POLL_MS, undefined, { signal: io.signal }).catch(() => undefined);
    const state = await ask(io, `${login.server}/api/v1/media/${parsed.data.id}`, { headers });
    if (state.kind !== 'reply') return state;
    if (state.status === 422) return failure('refused', 'media_rejected', state.text);
    status = state.status;
  }
  return status === 200
    ? parsed.data.id
    : failure('down', 'provider_down', 'Mastodon: the server is still looking at the image.');
}
