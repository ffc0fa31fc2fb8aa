import { z } from 'zod';
import { roles, scopeNames } from '../access.ts';
import { givenInstant, givenName, instant, page } from './common.ts';
import { TIME_TO_COME } from './examples.ts';

/** `GET /v1/session`: who is asking, and what the page must know about this installation. */
export const sessionView = z
  .object({
    member: z.object({ id: z.string(), name: z.string(), role: z.enum(roles) }).nullable(),
    apiKey: z.object({ id: z.string(), name: z.string() }).nullable(),
    canReturn: z.boolean().describe('Whether the member has a password or a passkey to sign in with again.'),
    scopes: z.array(z.enum(scopeNames)).describe('What the caller may do.'),
    expiresAt: instant.nullable(),
    newsroom: z.string().nullable().describe('The newsroom’s name, where it has said one.'),
    timeZone: z.string().describe('The newsroom’s IANA zone.'),
    now: instant.describe('The server’s clock.'),
  })
  .meta({ id: 'Session' });

/** `POST /v1/api-keys`. */
export const newApiKey = z
  .strictObject({
    name: givenName(100),
    scopes: z.array(z.enum(scopeNames)).min(1, 'is empty: name at least one scope'),
    isTest: z.boolean().default(false).describe('A test key reaches the sandbox network only.'),
    expiresAt: givenInstant.optional(),
  })
  .meta({
    id: 'NewApiKey',
    examples: [{ name: 'Newsroom system', scopes: ['articles:write', 'posts:read'], expiresAt: TIME_TO_COME }],
  });
export type NewApiKey = z.infer<typeof newApiKey>;

export const rotateBody = z
  .strictObject({
    overlapMinutes: z
      .number()
      .int('is not a whole number')
      .min(0, 'must be from 0 to 10,080, a week')
      .max(10_080, 'must be from 0 to 10,080, a week')
      .default(0)
      .describe('How long the old secret is taken still.'),
  })
  .nullish()
  .meta({ examples: [{ overlapMinutes: 60 }] });

export const apiKeyView = z
  .object({
    id: z.string(),
    name: z.string(),
    prefix: z
      .string()
      .nullable()
      .describe('What its secret begins with, so that a person knows it again; null for keys of before.'),
    scopes: z.array(z.string()),
    isTest: z.boolean(),
    memberId: z.string().nullable().describe('Whose it is: it may never do more than they, and ends with them.'),
    createdAt: instant,
    lastUsedAt: instant.nullable(),
    expiresAt: instant.nullable(),
    revokedAt: instant.nullable(),
  })
  .meta({ id: 'ApiKey' });
export type ApiKeyView = z.infer<typeof apiKeyView>;

export const createdApiKey = z
  .object({
    ...apiKeyView.shape,
    secret: z.string().nullable().describe('Shown this once; null where an answer is replayed.'),
  })
  .meta({ id: 'CreatedApiKey' });

export const apiKeyPage = page(apiKeyView);
