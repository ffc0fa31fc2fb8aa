import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readSettings } from '../context-settings.ts';
import { Refusal } from '../domain/errors.ts';
import type { RefusalReason } from '../domain/errors.ts';
import { OWN_NETWORK } from '../http/addresses.ts';
import { createHttp } from '../http/client.ts';
import { readLocalAddress } from '../local-address.ts';
import { version as ownVersion } from '../version.ts';

/** Which installation a command speaks to. */
export interface ApiOptions {
  /** Its address; default the one that runs on this machine with the same data folder. */
  readonly server?: string;
  /** File with an API key; default the one that the server made for this machine. */
  readonly keyFile?: string;
}

/**
 * One request to a running server: it alone holds the database.
 * @param version the version that is changed, where the request changes one.
 * @returns the answer's JSON; null where it has none.
 * @throws Refusal with the server's own sentence, or that it cannot be reached.
 */
export async function callApi(
  options: ApiOptions,
  method: string,
  path: string,
  body?: unknown,
  version?: number,
): Promise<unknown> {
  const { server, text } = await callForText(options, method, path, body, version);
  return jsonIn(text, server);
}

/**
 * Address of the installation, without a slash at its end: as given, else where the server of this data folder says that it
 * listens, else this machine on the port of the settings.
 * @throws Refusal where that port is to be chosen freely, and no server runs that has.
 */
export function serverOf({ server }: ApiOptions): string {
  if (server !== undefined) return server.replace(/\/+$/, '');
  const { dataDir, http } = readSettings();
  const said = readLocalAddress(dataDir);
  if (said !== null) return said;
  if (http.port !== 0) return `http://localhost:${http.port}`;
  throw new Refusal(
    'unavailable',
    `No server runs with the data folder ${dataDir}, and PORT=0 names none: start it with npm start, or give --server.`,
  );
}

/** Like `callApi`, for an answer that is not JSON. */
export async function callForText(
  options: ApiOptions,
  method: string,
  path: string,
  body?: unknown,
  version?: number,
): Promise<{ server: string; text: string }> {
  const text = await callForAnswer(options, { method, path, body, version }, (answer) => answer.text(), {});
  return { server: serverOf(options), text };
}

export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  /** The version that is changed. */
  readonly version?: number | undefined;
}

/** A stream of events has no end, and an export no size that is known before: the operator ends it. */
const WITHOUT_END = { maxBytes: Infinity, timeouts: { publishMs: 2 ** 31 - 1 } };

/**
 * Like `callApi`, for an answer that is read as it comes.
 * @param read is given an answer that is no refusal, and the connection stays open until it ends.
 */
export async function callForAnswer<T>(
  options: ApiOptions,
  { method, path, body, version }: ApiRequest,
  read: (answer: Response) => Promise<T>,
  limits: { maxBytes?: number; timeouts?: { publishMs: number } } = WITHOUT_END,
): Promise<T> {
  const settings = readSettings();
  const server = serverOf(options);
  const key = readKey(options.keyFile ?? join(settings.dataDir, 'api-key'));
  await using http = createHttp({ allowPrivate: OWN_NETWORK, userAgent: `standfirst-cli/${ownVersion}`, ...limits });
  const isFile = body instanceof Uint8Array;
  const answer = await http
    .fetch(`${server}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { 'content-type': isFile ? 'application/octet-stream' : 'application/json' }),
        ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
      },
      ...(body === undefined ? {} : { body: isFile ? new Uint8Array(body) : JSON.stringify(body) }),
    })
    .catch((error: unknown) => {
      const sentence = `standfirst does not answer at ${server}: start it with npm start, or give --server.`;
      throw new Refusal('unavailable', sentence, [], { cause: error });
    });
  if (answer.ok) return await read(answer);
  const said = problem.safeParse(jsonIn(await answer.text(), server)).data;
  throw new Refusal(
    said === undefined ? 'unavailable' : reasonOf(answer.status),
    said?.detail ?? `HTTP ${answer.status}`,
  );
}

function jsonIn(text: string, server: string): unknown {
  try {
    return text === '' ? null : (JSON.parse(text) as unknown);
  } catch (error) {
    throw new Refusal('unavailable', `What answers at ${server} is not standfirst: give --server.`, [], {
      cause: error,
    });
  }
}

const problem = z.object({ detail: z.string() });
const reasons: Record<number, RefusalReason> = {
  400: 'invalid',
  401: 'not-allowed',
  403: 'not-allowed',
  404: 'not-found',
};

function reasonOf(status: number): RefusalReason {
  if (status === 409 || status === 412) return 'conflict';
  return reasons[status] ?? (status >= 500 || status === 429 ? 'unavailable' : 'invalid');
}

function readKey(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    const sentence = `There is no API key in ${path}: start standfirst here once, or give --key-file.`;
    throw new Refusal('not-allowed', sentence, [], { cause: error });
  }
}
