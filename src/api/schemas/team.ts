import { z } from 'zod';
import { roles, scopeNames } from '../access.ts';
import { givenName, instant, page } from './common.ts';

/** A name is what people sign in with where they have no address: no `@` in it, so that it is never somebody’s address. */
const memberName = givenName(80).refine((name) => !name.includes('@'), 'holds an @: give the address as email');
const memberEmail = z.email('is not an e-mail address').max(254);

export const newMember = z
  .strictObject({ name: memberName, email: memberEmail.nullable().default(null), role: z.enum(roles) })
  .meta({
    id: 'NewMember',
    examples: [{ name: 'Ada Brook', email: 'ada@westmouth-courier.example', role: 'editor' }],
  });

export const memberChange = z
  .strictObject({ name: memberName, email: memberEmail.nullable(), role: z.enum(roles) })
  .partial()
  .meta({ id: 'MemberChange', examples: [{ role: 'publisher' }] });

export const memberView = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string().nullable().describe('Null also for callers without users:manage.'),
    role: z.enum(roles),
    hasPassword: z.boolean().nullable().describe('Null for callers without users:manage.'),
    passkeys: z.number().int().nullable().describe('How many. Null for callers without users:manage.'),
    createdAt: instant,
    joinedAt: instant.nullable().describe('First sign-in; null while the invitation is open.'),
    seenAt: instant.nullable(),
    version: z.number().int(),
  })
  .meta({ id: 'Member' });
export type MemberView = z.infer<typeof memberView>;

export const memberPage = page(memberView);

const link = z
  .object({
    path: z.string().nullable().describe('Below this installation’s address. Shown this once; null in a replay.'),
    expiresAt: instant,
  })
  .meta({ id: 'MemberLink' });

export const memberLink = link;
export const invitedMember = z.object({ ...memberView.shape, link }).meta({ id: 'InvitedMember' });

export const roleMatrix = z
  .object({
    roles: z.array(
      z.object({ role: z.enum(roles), scopes: z.array(z.enum(scopeNames)).describe('What the role may do.') }),
    ),
  })
  .meta({ id: 'RoleMatrix' });

export const teamRules = z
  .object({ fourEyes: z.boolean().describe('Nobody approves a text whose latest revision is their own.') })
  .meta({ id: 'TeamRules' });
export const teamRulesChange = z
  .strictObject({ fourEyes: z.boolean() })
  .meta({ id: 'TeamRulesChange', examples: [{ fourEyes: true }] });

export const sessionItem = z
  .object({
    id: z.string(),
    isCurrent: z.boolean(),
    ip: z.string().nullable(),
    userAgent: z.string().nullable(),
    createdAt: instant,
    seenAt: instant,
    expiresAt: instant,
  })
  .meta({ id: 'SessionItem' });
export const sessionItems = page(sessionItem);

export const passwordChange = z
  .strictObject({
    current: z.string().max(1_000).optional().describe('Needed where there is a password.'),
    password: z.string().max(1_000),
  })
  .meta({ id: 'PasswordChange', examples: [{ password: 'tidal lantern quince boat' }] });

export const passkeyView = z
  .object({ id: z.string(), name: z.string(), createdAt: instant, usedAt: instant.nullable() })
  .meta({ id: 'Passkey' });
export const passkeyList = z.object({ data: z.array(passkeyView) });

/** What the browser answers, as `PublicKeyCredential.toJSON()` writes it. */
const given = z.string().max(20_000);
export const registration = z.looseObject({
  id: given,
  rawId: given,
  type: z.literal('public-key'),
  response: z.looseObject({
    clientDataJSON: given,
    attestationObject: given,
    transports: z.array(z.string().max(20)).max(10).optional(),
  }),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
});
export const assertion = z.looseObject({
  id: given,
  rawId: given,
  type: z.literal('public-key'),
  response: z.looseObject({
    clientDataJSON: given,
    authenticatorData: given,
    signature: given,
    userHandle: given.nullish(),
  }),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
});

export const newPasskey = z
  .strictObject({ name: givenName(60).default('Passkey'), credential: registration })
  .meta({ id: 'NewPasskey' });

export const passkeyOptions = z.record(z.string(), z.unknown()).describe('For `navigator.credentials`, as JSON.');
