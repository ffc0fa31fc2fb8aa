import { createHash } from 'node:crypto';
import { encode } from '@ipld/dag-cbor';
import { CID } from 'multiformats/cid';
import { startFake } from './fake.ts';
import type { Accept, Answer, Fake, FakeOptions, FakeRequest } from './fake.ts';
import type { Picture } from './pictures.ts';
import { serve } from './serve.ts';

export const blueskyLogin = { identifier: 'desk.test', appPassword: 'app-password-one' };
const DID = 'did:plc:desk0000000000000000test';
const COLLECTION = 'app.bsky.feed.post';

interface PostRecord {
  readonly text?: string;
  readonly createdAt?: string;
  readonly facets?: readonly { index: { byteStart: number; byteEnd: number } }[];
  readonly reply?: { root: { uri: string; cid: string }; parent: { uri: string; cid: string } };
  readonly embed?: {
    $type: string;
    external?: { uri?: string; thumb?: BlobRef };
    images?: { image: BlobRef; alt: string }[];
  };
}
interface BlobRef {
  readonly ref: { readonly $link: string };
  readonly size: number;
  readonly mimeType: string;
}

export interface FakeBluesky extends Fake {
  readonly records: ReadonlyMap<string, PostRecord>;
  /** How often the account signed in with its password: a real server allows 300 a day. */
  logins(): number;
  /** Makes every token given so far worthless. */
  revoke(): void;
  /** Becomes a server that knows no `applyWrites`. */
  forgetThreads(): void;
}

/** A loopback fake of a Bluesky PDS: sessions, records by key, blobs. Behaviour as observed on the real one (networks.md 2). */
export async function startBluesky(options: FakeOptions = {}): Promise<FakeBluesky> {
  const records = new Map<string, PostRecord>();
  const blobs = new Map<string, { size: number; mimeType: string }>();
  let logins = 0;
  let takesThreads = true;
  let generation = 1;

  const fake = await startFake(
    { isPost: ({ path }) => /repo\.(putRecord|applyWrites)$/.test(path), handle, refusal },
    options,
  );

  function handle(request: FakeRequest, accept: Accept): Answer {
    const body = (request.json ?? {}) as Record<string, unknown>;
    switch (request.path.replace('/xrpc/', '')) {
      case 'com.atproto.server.createSession':
        return login(body);
      case 'com.atproto.server.refreshSession':
        return isSigned(request, 'refresh') ? ok(session()) : refused(400, 'ExpiredToken', 'Token has been revoked');
      case 'com.atproto.identity.resolveHandle':
        return request.query.get('handle') === 'mayor.test'
          ? ok({ did: 'did:plc:mayor' })
          : refused(400, 'InvalidRequest', 'Unable to resolve handle');
      case 'com.atproto.repo.getRecord':
        return read(`at://${request.query.get('repo')}/${COLLECTION}/${request.query.get('rkey')}`);
    }
    if (!isSigned(request, 'access')) return refused(400, 'InvalidToken', 'Token could not be verified');
    switch (request.path.replace('/xrpc/', '')) {
      case 'com.atproto.server.getSession':
        return ok({ did: DID, handle: blueskyLogin.identifier, active: true });
      case 'com.atproto.repo.uploadBlob':
        return upload(request);
      case 'com.atproto.repo.putRecord':
        return put(body, accept);
      case 'com.atproto.repo.applyWrites':
        if (takesThreads) return write(body, accept);
        break;
      case 'com.atproto.repo.deleteRecord':
        records.delete(`at://${String(body['repo'])}/${COLLECTION}/${String(body['rkey'])}`);
        return ok({});
    }
    return refused(501, 'MethodNotImplemented', 'Method Not Implemented');
  }

  function login(body: Record<string, unknown>): Answer {
    logins += 1;
    const isRight = body['identifier'] === blueskyLogin.identifier && body['password'] === blueskyLogin.appPassword;
    return isRight ? ok(session()) : refused(401, 'AuthenticationRequired', 'Invalid identifier or password');
  }

  function session(): object {
    const jwt = (scope: string): string => {
      const claims = { scope, exp: Math.floor(Date.now() / 1000) + 7200, n: generation };
      return ['e30', Buffer.from(JSON.stringify(claims)).toString('base64url'), 'sig'].join('.');
    };
    return { did: DID, handle: blueskyLogin.identifier, accessJwt: jwt('access'), refreshJwt: jwt('refresh') };
  }

  function isSigned(request: FakeRequest, scope: string): boolean {
    const jwt = /^Bearer [\w-]+\.([\w-]+)\./.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const claims = JSON.parse(Buffer.from(jwt, 'base64url').toString() || '{}') as { scope?: string; n?: number };
    return claims.scope === scope && claims.n === generation;
  }

  function put(body: Record<string, unknown>, accept: Accept): Answer {
    const rkey = String(body['rkey']);
    const record = body['record'] as PostRecord;
    const fault = faultOf(rkey, record);
    if (fault !== null) return fault;
    const uri = `at://${DID}/${COLLECTION}/${rkey}`;
    const present = records.get(uri);
    const cid = cidOfRecord(record);
    if (present !== undefined) {
      if (cidOfRecord(present) === cid) return ok({ uri, cid });
      return refused(400, 'InvalidSwap', `Record was at ${cidOfRecord(present)}`);
    }
    records.set(uri, record);
    accept({ account: DID, id: uri, text: record.text ?? '', images: imagesOf(record) });
    return ok({ uri, cid });
  }

  /** All or nothing; a key that is taken is answered as the real server does, which is no clear no. */
  function write(body: Record<string, unknown>, accept: Accept): Answer {
    const writes = body['writes'] as { rkey: string; value: PostRecord }[];
    const before = new Map(records);
    for (const { rkey, value } of writes) {
      const uri = `at://${DID}/${COLLECTION}/${rkey}`;
      const fault = records.has(uri)
        ? refused(500, 'InternalServerError', 'Internal Server Error')
        : faultOf(rkey, value);
      if (fault !== null) {
        records.clear();
        for (const [known, record] of before) records.set(known, record);
        return fault;
      }
      records.set(uri, value);
    }
    const results = writes.map(({ rkey, value }) => ({
      uri: `at://${DID}/${COLLECTION}/${rkey}`,
      cid: cidOfRecord(value),
    }));
    for (const { rkey, value } of writes)
      accept({
        account: DID,
        id: `at://${DID}/${COLLECTION}/${rkey}`,
        text: value.text ?? '',
        images: imagesOf(value),
      });
    return ok({ commit: { cid: 'bafyreicommit', rev: '3lbcommit2222' }, results });
  }

  function faultOf(rkey: string, record: PostRecord): Answer | null {
    const { text = '', facets = [], embed, reply } = record;
    const bytes = Buffer.byteLength(text);
    const graphemes = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].length;
    const said = (what: string): string => `Invalid app.bsky.feed.post record: ${what} (at $.text)`;
    if (!/^[234567abcdefghij][234567a-z]{12}$/.test(rkey)) return refused(400, 'InvalidRequest', 'Invalid record key');
    if (graphemes > 300)
      return refused(400, 'InvalidRequest', said(`grapheme too big (maximum 300, got ${graphemes})`));
    if (bytes > 3000) return refused(400, 'InvalidRequest', said(`string too big (maximum 3000, got ${bytes})`));
    if (Number.isNaN(Date.parse(record.createdAt ?? ''))) return refused(400, 'InvalidRequest', 'createdAt is missing');
    const isOutside = facets.some(({ index }) => index.byteEnd > bytes || index.byteStart >= index.byteEnd);
    if (isOutside) return refused(400, 'InvalidRequest', 'A facet lies outside of the text');
    const thumb = embed?.external?.thumb;
    const wanted = [...(thumb === undefined ? [] : [thumb]), ...(embed?.images ?? []).map(({ image }) => image)];
    const missing = wanted.find((blob) => blobs.get(blob.ref.$link)?.size !== blob.size);
    if (missing !== undefined) return refused(400, 'BlobNotFound', `Could not find blob: ${missing.ref.$link}`);
    const isOther = ({ ref, mimeType }: BlobRef): boolean =>
      blobs.get(ref.$link)?.mimeType !== mimeType || !mimeType.startsWith('image/');
    if (wanted.some(isOther)) return refused(400, 'InvalidMimeType', 'Wrong type of file');
    const pictures = embed?.images ?? [];
    if (pictures.length > 4) return refused(400, 'InvalidRequest', 'array too big (maximum 4) at $.embed.images');
    const isTooLarge = (thumb?.size ?? 0) > 1_000_000 || pictures.some(({ image }) => image.size > 2_000_000);
    if (isTooLarge) return refused(400, 'BlobTooLarge', 'This file is too large');
    const parents = reply === undefined ? [] : [reply.root, reply.parent];
    const isLoose = parents.some(({ uri, cid }) => cidOfRecord(records.get(uri) ?? {}) !== cid);
    return isLoose ? refused(400, 'InvalidRequest', 'The parent does not exist') : null;
  }

  function read(uri: string): Answer {
    const value = records.get(uri);
    if (value === undefined) return refused(400, 'RecordNotFound', `Could not locate record: ${uri}`);
    return ok({ uri, cid: cidOfRecord(value), value });
  }

  function upload(request: FakeRequest): Answer {
    const cid = cidOf('55', request.body);
    const mimeType = request.headers['content-type'] ?? '';
    blobs.set(cid, { size: request.body.length, mimeType });
    return ok({ blob: { $type: 'blob', ref: { $link: cid }, mimeType, size: request.body.length } });
  }

  const revoke = (): void => {
    generation += 1;
  };
  const forgetThreads = (): void => {
    takesThreads = false;
  };
  return Object.assign(fake, { records, logins: () => logins, revoke, forgetThreads });
}

function imagesOf({ embed }: PostRecord): Picture[] {
  return (embed?.images ?? []).map(({ image, alt }) => ({ type: image.mimeType, size: image.size, alt }));
}

function refusal(name: string): Answer | null {
  if (name === '401') return refused(401, 'AuthMissing', 'Authentication Required');
  if (name === '403') return refused(403, 'AccountTakedown', 'Account has been taken down');
  if (name === '422') return refused(400, 'InvalidRequest', 'Input/record must be an object');
  if (name === '429') return refused(429, 'RateLimitExceeded', 'Rate Limit Exceeded');
  if (name === '500') return refused(500, 'InternalServerError', 'Internal Server Error');
  if (name === 'duplicate') return refused(400, 'InvalidSwap', 'Record was at bafyother');
  return null;
}

function refused(status: number, error: string, message: string): Answer {
  return { status, body: { error, message } };
}

function ok(body: unknown): Answer {
  return { status: 200, body };
}

/** The CID of a record, by the encoder that the network's own software uses. */
export function cidOfRecord(record: unknown): string {
  return cidOf('71', encode(withLinks(record)));
}

/** JSON writes a link to bytes as `{"$link": …}`. */
function withLinks(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withLinks);
  if (typeof value !== 'object' || value === null) return value;
  if ('$link' in value) return CID.parse(String(value.$link));
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withLinks(one)]));
}

/** CIDv1, by way of one large number and not bit by bit as the product does. */
function cidOf(codec: '55' | '71', bytes: Uint8Array): string {
  const hex = `01${codec}1220${createHash('sha256').update(bytes).digest('hex')}`;
  // 36 bytes are 288 bits; two more make 58 digits of five bits.
  const digits = (BigInt(`0x${hex}`) << 2n).toString(32).padStart(58, '0');
  return `b${[...digits].map((digit) => 'abcdefghijklmnopqrstuvwxyz234567'[Number.parseInt(digit, 32)]).join('')}`;
}

if (import.meta.main) await serve(startBluesky);
