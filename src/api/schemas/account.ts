import { z } from 'zod';
import { networks } from '../../networks/registry.ts';
import { filledText, givenName, instant, page, pageQuery } from './common.ts';

const json: z.ZodType<Record<string, unknown>> = z.record(z.string(), z.unknown());

const settings = json.describe(
  'What an editor decides: time zone, approval, hashtags, slots, quiet hours, gap, caps, images, and `unknown`. That is what becomes of a post whose answer was lost on a network that cannot be asked: `hold` (the default) waits for a person; `send-again` sends it once more by itself, and then it may be there twice. `repeatHours`: for how many hours the network refuses a text that went out on the account, where you have found another number than we know; 0: it does not.',
);

/** Reaches nobody outside, so that the example can be tried by anybody. */
const own = networks.find(({ profile }) => profile.isOwn === true);

/** `POST /v1/accounts`. What `credentials` must hold: `GET /v1/networks`. */
export const newAccount = z
  .strictObject({
    network: filledText(40).describe('Id of a network, e.g. from `GET /v1/networks`.'),
    name: givenName(100).optional().describe('How this installation calls it; default the network’s own handle.'),
    credentials: json.default({}),
    settings: settings.default({}),
  })
  .meta({ id: 'NewAccount', examples: [{ network: own?.profile.id, name: 'Training desk' }] });
export type NewAccount = z.infer<typeof newAccount>;

/** `PATCH /v1/accounts/{id}` with `If-Match`. Settings that are left out stay. */
export const accountChange = z.strictObject({ name: givenName(100).optional(), settings: settings.optional() }).meta({
  id: 'AccountChange',
  examples: [{ settings: { slots: [{ time: '08:30', days: ['mon', 'tue'] }], minGapMs: 600_000, hourlyCap: 4 } }],
});

/** Whether somebody lets a paused account go on. */
export const resume = z
  .boolean()
  .default(false)
  .describe('Whether the account goes on where it was paused; else it stays paused until it is checked.');

/** `PUT /v1/accounts/{id}/credentials`. What they must hold: `GET /v1/networks`. */
export const newCredentials = z
  .strictObject({
    credentials: json.describe('All of them, as for a new account; none of the old ones is kept.'),
    resume,
  })
  .meta({ id: 'NewCredentials', examples: [{ credentials: {}, resume: true }] });

/** An account. Its credentials are never given out. */
export const accountView = z
  .object({
    id: z.string(),
    network: z.string(),
    name: z.string(),
    remoteId: z.string().nullable(),
    url: z.string().nullable(),
    state: z.enum(['connected', 'signed-out', 'paused', 'removed']),
    problem: json.nullable().describe('What is wrong with it, when something is.'),
    expiresAt: instant.nullable(),
    credentialsAt: instant.describe('When it was given its credentials, or they were renewed.'),
    blockedUntil: instant.nullable().describe('The network asked to wait until then.'),
    limits: json.nullable().describe('The instance’s own limits; they override the network’s.'),
    powers: json.describe('What it can do: its network’s `powers`, less what the way it is connected takes away.'),
    settings,
    spentMicroUsd: z.int().describe('What its posts cost this calendar month (UTC), in millionths of a US dollar.'),
    version: z.int(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Account' });
export type AccountView = z.infer<typeof accountView>;

export const accountQuery = z.strictObject({
  ...pageQuery.shape,
  network: z.string().max(40).optional().describe('Id of a network.'),
  state: z
    .enum(['connected', 'signed-out', 'paused', 'removed'])
    .optional()
    .describe('`signed-out`: the network takes its credentials no more.'),
});
export const accountPage = page(accountView);

/** A network: its rules as data, and what an account on it must give. */
export const networkView = z
  .object({
    id: z.string(),
    name: z.string(),
    limits: json.describe('How length is counted, the budget, hashtags, images: `domain/limits.ts`.'),
    powers: json,
    lesserWays: json.describe(
      'Ways to connect that can do less, by `kind` of the credentials: their name, and what holds instead.',
    ),
    isSandbox: z.boolean().describe('Reaches nobody outside.'),
    price: z.object({ post: z.int(), postWithLink: z.int() }).describe('Millionths of a US dollar.'),
    rules: z.record(z.string(), z.string()).describe('Where the network writes each rule down.'),
    credentials: json.describe('JSON Schema of `credentials` of a new account.'),
    consent: json
      .nullable()
      .describe('JSON Schema of `app` of a new connection, where the network has a page of consent.'),
  })
  .meta({ id: 'Network' });
export type NetworkView = z.infer<typeof networkView>;

export const networkList = z.object({ data: z.array(networkView) });
