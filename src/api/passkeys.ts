import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Refusal } from '../domain/errors.ts';
import { hashToken } from '../secrets/token.ts';
import type { Database } from '../store/database.ts';
import type { MemberRow } from '../store/member.ts';
import type { NewPasskey } from '../store/passkey.ts';
import { getPasskey, insertChallenge, listPasskeys, takeChallenge, usePasskey } from '../store/passkey.ts';
import type { ApiContext } from './parts.ts';
import type { assertion, registration } from './schemas/team.ts';

/**
 * Passkeys (WebAuthn): the browser proves that it holds a private key which never leaves its device. A challenge is
 * answered once, within minutes; the person is verified by the device, so that a passkey alone is enough.
 */

/** Whom a passkey is made for: the name people type, and the whole address of the page. */
export interface Party {
  readonly id: string;
  readonly origin: string;
}

/** @returns null where there can be no passkeys: under a bare IP address, which no browser makes one for. */
export function partyOf(request: FastifyRequest, publicUrl: string | null): Party | null {
  const { hostname, origin } = new URL(publicUrl ?? `${request.protocol}://${request.host}`);
  return isIP(hostname.replace(/^\[|\]$/g, '')) === 0 ? { id: hostname, origin } : null;
}

/** Three signatures that every device of today has one of: EdDSA, ES256, RS256. */
const ALGORITHMS = [-8, -7, -257];

/** What the browser needs to make a passkey for a member. */
export async function newPasskeyOptions(
  database: Database,
  party: Party,
  member: Pick<MemberRow, 'id' | 'name' | 'email'>,
): Promise<Record<string, unknown>> {
  const { generateRegistrationOptions } = await webauthn();
  const known = await listPasskeys(database, member.id);
  const options = await generateRegistrationOptions({
    rpName: 'standfirst',
    rpID: party.id,
    userName: member.email ?? member.name,
    userDisplayName: member.name,
    userID: new TextEncoder().encode(member.id),
    attestationType: 'none',
    supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: known.map(({ credentialId }) => ({ id: credentialId })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  await insertChallenge(database, hashToken(options.challenge), member.id);
  return { ...options };
}

/**
 * Checks a new passkey. @returns the row to keep.
 * @throws Refusal `invalid` for one that was not made here, now, for this member.
 */
export async function checkNewPasskey(
  { database, io }: Pick<ApiContext, 'database' | 'io'>,
  party: Party,
  memberId: string,
  name: string,
  credential: z.infer<typeof registration>,
): Promise<NewPasskey> {
  const { verifyRegistrationResponse } = await webauthn();
  const checked = await verifyRegistrationResponse({
    response: credential as never,
    expectedChallenge: (challenge) => takeChallenge(database, hashToken(challenge), memberId),
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch(() => null);
  if (checked?.registrationInfo === undefined) {
    throw new Refusal('invalid', 'The passkey was not made on this page just now: load it again and try once more.');
  }
  const { id: credentialId, publicKey, counter } = checked.registrationInfo.credential;
  const transports = credential.response.transports ?? [];
  return { id: io.id('passkey'), memberId, name, credentialId, publicKey, counter, transports };
}

/** What the browser needs to sign in with any passkey it has for this page. */
export async function signInOptions(database: Database, party: Party): Promise<Record<string, unknown>> {
  const { generateAuthenticationOptions } = await webauthn();
  const options = await generateAuthenticationOptions({ rpID: party.id, userVerification: 'required' });
  await insertChallenge(database, hashToken(options.challenge), null);
  return { ...options };
}

/** @returns id of the member whose passkey answered; null for any answer that is not right. */
export async function memberByPasskey(
  database: Database,
  party: Party,
  credential: z.infer<typeof assertion>,
): Promise<string | null> {
  const passkey = await getPasskey(database, credential.id);
  if (passkey === null) return null;
  const { verifyAuthenticationResponse } = await webauthn();
  const checked = await verifyAuthenticationResponse({
    response: credential as never,
    expectedChallenge: (challenge) => takeChallenge(database, hashToken(challenge), null),
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: true,
    credential: { id: passkey.credentialId, publicKey: new Uint8Array(passkey.publicKey), counter: passkey.counter },
  }).catch(() => null);
  if (checked?.verified !== true) return null;
  return (await usePasskey(database, passkey.id, checked.authenticationInfo.newCounter)) ? passkey.memberId : null;
}

/** Loaded when somebody uses a passkey: importing it takes 0.7 s. */
function webauthn(): Promise<typeof import('@simplewebauthn/server')> {
  return import('@simplewebauthn/server');
}
