import type { TwitterApi } from 'twitter-api-v2';
import type { IGetHttpRequestArgs, ITwitterApiClientPlugin } from 'twitter-api-v2';
import type { Failure } from '../domain/errors.ts';
import { ask } from './ask.ts';
import type { Reply } from './ask.ts';
import type { NetworkIo } from './network.ts';

/** Whose name a request is made in; `none` is for the exchange of tokens, which signs by client id. */
export type XIdentity =
  | { readonly appKey: string; readonly appSecret: string; readonly accessToken: string; readonly accessSecret: string }
  | { readonly bearer: string }
  | { readonly clientId: string; readonly clientSecret?: string | undefined };

/**
 * Lets twitter-api-v2 build and sign what `verb` asks for, and sends it through the guarded client: the library opens
 * no connection of its own, so address guard, time limit and abort are the same as everywhere, and nothing is retried.
 * Answers the last reply, or the failure where none came. `server` replaces `https://api.x.com` after signing.
 */
export async function askX(
  identity: XIdentity,
  io: NetworkIo,
  server: string | undefined,
  verb: (client: TwitterApi) => Promise<unknown>,
): Promise<Reply | Failure> {
  // Loaded here: the registry is imported by commands that send nothing, and the library takes 100 ms to load.
  const library = await import('twitter-api-v2');
  const answers: (Reply | Failure)[] = [];
  const door: ITwitterApiClientPlugin = {
    async onBeforeRequestConfig({ client, params }) {
      const request = (client as unknown as Signer).getHttpRequestArgs(params);
      const answer = await ask(io, addressOf(request.url, server), initOf(request));
      answers.push(answer);
      // Some steps of an upload answer without a body.
      const isUsable =
        answer.kind === 'reply' && answer.status < 300 && (answer.json !== undefined || answer.text === '');
      if (!isUsable) throw new Error('answered');
      return { data: answer.json ?? {}, headers: Object.fromEntries(answer.headers) };
    },
  };
  try {
    await verb(clientOf(library.TwitterApi, identity, { plugins: [door] }));
  } catch (error) {
    // Once there is an answer it counts, also one in a shape the library trips over.
    if (answers.length === 0) throw error;
  }
  const last = answers.at(-1);
  if (last === undefined) throw new Error('A request to X was built and not sent.');
  return last;
}

interface SignedRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: string | Buffer | undefined;
}

/** The library's own step from parameters to a signed request: protected in its types, so the version is pinned. */
interface Signer {
  getHttpRequestArgs(params: IGetHttpRequestArgs): SignedRequest;
}

function clientOf(
  Client: typeof TwitterApi,
  identity: XIdentity,
  settings: { plugins: ITwitterApiClientPlugin[] },
): TwitterApi {
  if ('bearer' in identity) return new Client(identity.bearer, settings);
  if ('appKey' in identity) return new Client({ ...identity }, settings);
  const { clientId, clientSecret } = identity;
  return new Client({ clientId, ...(clientSecret === undefined ? {} : { clientSecret }) }, settings);
}

function addressOf(url: URL, server: string | undefined): URL {
  return server === undefined ? url : new URL(`${server}${url.pathname}${url.search}`);
}

function initOf(request: SignedRequest): RequestInit {
  const { method, headers, body } = request;
  return {
    method,
    headers,
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
  };
}
