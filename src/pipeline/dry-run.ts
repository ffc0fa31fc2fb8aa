import type { Receipt } from '../domain/attempt.ts';
import type { Fault } from '../domain/errors.ts';
import type { Json, Network, NetworkIo } from '../networks/network.ts';
import { networkOf } from '../networks/registry.ts';
import { getSealedCredentials } from '../store/account-credentials.ts';
import { getAccount } from '../store/account.ts';
import { found } from '../store/database.ts';
import { getPost } from '../store/post.ts';
import { noticesOf } from '../text/notices.ts';
import { repeatsBeside } from '../text/repeats.ts';
import { openCredentials } from './credentials.ts';
import { faultsAt, repeatsIn } from './limits.ts';
import { messageOf } from './message.ts';
import { secretsOf, withoutSecrets } from './secret-values.ts';
import type { Tools } from './tools.ts';

/** One request as it would leave, without secrets. */
export interface RehearsedRequest {
  readonly method: string;
  readonly url: string;
  readonly body: Json;
}

export interface Rehearsal {
  /** What the network would refuse; empty where it would take the post. */
  readonly faults: readonly Fault[];
  /** What of it went out on its account before. */
  readonly repeats: readonly Fault[];
  /** What the network takes and a person should know, e.g. a link that is paid for twice. */
  readonly notices: readonly Fault[];
  /** One for each message of the post, in order. */
  readonly parts: readonly {
    /** What is fixed before anything is sent, where the network has that: a record, a signed event. */
    readonly prepared: Json;
    /** Up to the first one whose answer decides on the next. */
    readonly requests: readonly RehearsedRequest[];
  }[];
}

/**
 * Builds everything that a post would send, with the code that sends it, and sends nothing: every request is written down and
 * answered with "not available". Pictures are left out, because nothing is fetched either.
 */
export async function dryRun(tools: Pick<Tools, 'database' | 'keyring' | 'io'>, postId: string): Promise<Rehearsal> {
  const { database, keyring, io } = tools;
  const post = found(await getPost(database, postId), 'post', postId);
  const account = found(await getAccount(database, post.accountId), 'account', post.accountId);
  const sealed = found(await getSealedCredentials(database, account.id), 'account', account.id);
  const network = networkOf(account.network);
  const credentials = openCredentials(keyring, network, account.id, sealed.credentials);
  const secrets = secretsOf(network.credentials, credentials);
  const parts: Rehearsal['parts'][number][] = [];
  for (const index of post.parts.keys()) {
    const stage = stageFor(account.id, io.now);
    const before = post.parts.slice(0, index).map((_, at) => standIn(at));
    const attempt = { key: `dry-run-${index + 1}`, createdAt: io.now(), frozen: null };
    const message = messageOf(post, index, before, attempt);
    const prepared = await prepare(network, message, credentials, stage.io);
    await network.publish({ ...message, frozen: prepared }, credentials, stage.io).catch(() => null);
    parts.push(withoutSecrets({ prepared, requests: stage.requests }, secrets));
  }
  const faults = await faultsAt(database, { account, postId, parts: post.parts, at: post.dueAt ?? io.now() });
  const repeats = repeatsBeside(faults, await repeatsIn(database, post));
  return { faults, repeats, notices: noticesOf(post.parts, network.profile), parts };
}

/** Null where the network prepares nothing, or needs an answer for it. */
async function prepare(network: Network, ...given: Parameters<NonNullable<Network['prepare']>>): Promise<Json> {
  return (await network.prepare?.(...given).catch(() => null)) ?? null;
}

/** Stands for the receipt of a message that was not sent. */
function standIn(index: number): Receipt {
  const remoteId = `(id of message ${index + 1})`;
  return { remoteId, url: null, extra: { cid: remoteId } };
}

/** A world in which nothing leaves and everything is written down. */
function stageFor(accountId: string, now: () => Date): { io: NetworkIo; requests: RehearsedRequest[] } {
  const requests: RehearsedRequest[] = [];
  const rehearse = async (input: Parameters<typeof fetch>[0], init?: RequestInit): Promise<Response> => {
    const url = input instanceof Request ? input.url : String(input);
    requests.push({ method: init?.method ?? 'GET', url, body: await readBody(init?.body ?? null) });
    return new Response(null, { status: 503 });
  };
  const io: NetworkIo = {
    fetch: rehearse as typeof fetch,
    now,
    signal: AbortSignal.timeout(5_000),
    accountId,
    timeline: {
      keep: (entry) => {
        const body = JSON.parse(JSON.stringify(entry)) as Json;
        requests.push({ method: 'POST', url: '/v1/sandbox/timeline', body });
        return Promise.resolve({ id: 'dry-run' });
      },
      find: () => Promise.resolve(null),
      remove: () => Promise.resolve(false),
      edit: () => Promise.resolve(false),
    },
  };
  return { io, requests };
}

/** JSON as JSON, a form as its fields, anything else as what it is. */
async function readBody(body: RequestInit['body']): Promise<Json> {
  if (body === null || body === undefined) return null;
  if (body instanceof FormData || body instanceof URLSearchParams) {
    return Object.fromEntries(
      Array.from(body, ([name, value]) => [name, typeof value === 'string' ? value : `(${value.size} bytes)`]),
    );
  }
  const text = await new Response(body as string).text();
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
