import { Refusal } from '../domain/errors.ts';
import { networkOf } from '../networks/registry.ts';
import { getSealedCredentials } from '../store/account-credentials.ts';
import { getAccount } from '../store/account.ts';
import { found } from '../store/database.ts';
import { openCredentials } from './credentials.ts';
import type { Tools } from './tools.ts';

export type MessageTools = Pick<Tools, 'database' | 'io' | 'keyring' | 'mail' | 'networkIo'>;

/** Where people of the house are reached: their mail, or an account on a network that takes messages. */
export type Channel = { readonly mail: readonly string[] } | { readonly accountId: string };

export interface HouseMessage {
  readonly subject: string;
  readonly text: string;
  /** The same for every try at this message. At most 64 characters of `[a-z0-9-]`. */
  readonly key: string;
}

export type Delivery =
  | { readonly kind: 'delivered' }
  /** `unknown`: sent, but the answer was lost. The sentence holds no secret. */
  | { readonly kind: 'refused' | 'unknown'; readonly detail: string };

const MESSAGE_MS = 30_000;

/** Sends a message to people of the house, once. @throws Refusal where there is no such account. */
export async function messageHouse(
  tools: MessageTools,
  channel: Channel,
  { subject, text, key }: HouseMessage,
): Promise<Delivery> {
  if ('mail' in channel) return mailTo(tools, channel.mail, subject, text);
  const { accountId } = channel;
  const account = found(await getAccount(tools.database, accountId), 'account', accountId);
  const sealed = found(await getSealedCredentials(tools.database, accountId), 'account', accountId);
  const network = networkOf(account.network);
  if (network.profile.powers.tells !== true)
    throw new Refusal(
      'invalid',
      `${account.name} is on ${network.profile.name}, which takes no messages to the house.`,
      [{ pointer: '/accountId', code: 'not-told', message: 'is on a network that takes no messages' }],
    );
  const credentials = openCredentials(tools.keyring, network, accountId, sealed.credentials);
  const message = {
    text,
    lang: 'en',
    card: null,
    images: [],
    replyTo: null,
    key,
    createdAt: tools.io.now(),
    frozen: null,
  };
  const outcome = await network.publish(
    message,
    credentials,
    tools.networkIo(accountId, AbortSignal.timeout(MESSAGE_MS)),
  );
  if (outcome.kind === 'published') return { kind: 'delivered' };
  return { kind: outcome.kind === 'unknown' ? 'unknown' : 'refused', detail: outcome.detail };
}

async function mailTo({ mail }: MessageTools, to: readonly string[], subject: string, text: string): Promise<Delivery> {
  if (mail === null) return { kind: 'refused', detail: 'STANDFIRST_SMTP_URL is not set, so no mail can leave.' };
  try {
    await mail.send({ to, subject, text });
    return { kind: 'delivered' };
  } catch (error) {
    return { kind: 'refused', detail: (error as Error).message.slice(0, 1024) };
  }
}
