import { Refusal } from '../domain/errors.ts';
import { bluesky } from './bluesky.ts';
import { discord } from './discord.ts';
import { facebook } from './facebook.ts';
import { linkedin } from './linkedin.ts';
import { mastodon } from './mastodon.ts';
import type { Network } from './network.ts';
import { nostr } from './nostr.ts';
import { sandbox } from './sandbox.ts';
import { slack } from './slack.ts';
import { telegram } from './telegram.ts';
import { threads } from './threads.ts';
import { webhook } from './webhook.ts';
import { x } from './x.ts';

/** Every network there is: the one list. Importing it loads no client library. */
export const networks: readonly Network[] = [
  sandbox,
  x,
  bluesky,
  mastodon,
  telegram,
  discord,
  slack,
  webhook,
  nostr,
  linkedin,
  threads,
  facebook,
];

/** The network with this id, e.g. `x`. Throws a `Refusal` (`not-found`) that names the ones there are. */
export function networkOf(id: string): Network {
  const network = networks.find((one) => one.profile.id === id);
  if (network !== undefined) return network;
  const known = networks.map((one) => one.profile.id).join(', ');
  throw new Refusal('not-found', `There is no network "${id}". The networks are: ${known}.`);
}
