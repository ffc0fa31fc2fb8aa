import type { core } from 'zod';
import { Refusal } from '../domain/errors.ts';
import type { Failure } from '../domain/errors.ts';
import type { Limits } from '../domain/limits.ts';
import type { Checked, Network } from '../networks/network.ts';
import { lesserWayOf } from '../networks/way.ts';
import { quiet } from './secret-values.ts';
import type { Tools } from './tools.ts';

const CHECK_MS = 30_000;

export type AskTools = Pick<Tools, 'networkIo' | 'publicUrl'>;

/** Who the credentials belong to on the network, and what holds for that account there. */
export interface Who extends Omit<Extract<Checked, { kind: 'connected' }>, 'kind' | 'limits'>, Lesser {}

/** What holds for an account rather than for its network. */
export interface Lesser {
  /** Over the network's own; null where there is nothing to say. */
  readonly limits: Readonly<Record<string, unknown>> | null;
  /** Over the network's own, by the way it is connected; null where that takes nothing away. */
  readonly powers: Readonly<Record<string, unknown>> | null;
}

/** What somebody gave as an account's credentials, read. @throws Refusal with every fault, by its pointer. */
export function credentialsIn(network: Network, given: unknown): unknown {
  const parsed = network.credentials.safeParse(given);
  if (!parsed.success) throw credentialFaults(network, parsed.error.issues, '/credentials');
  return parsed.data;
}

/** Tries new credentials on their network. @throws Refusal in the network's own words where it does not take them. */
export async function askWho(
  tools: AskTools & Pick<Tools, 'io'>,
  network: Network,
  id: string,
  credentials: unknown,
): Promise<Who> {
  const checked = await checkOn(tools, network, id, credentials);
  if (checked.kind !== 'connected') throw notTaken(network, checked);
  const { kind: _kind, limits, ...who } = checked;
  const expiresAt = who.expiresAt ?? endTaken(network, tools.io.now());
  return { ...who, expiresAt, ...announced(network, limits, credentials, tools.publicUrl) };
}

/** When a token ends that nobody says the end of. */
function endTaken({ profile: { tokenDays } }: Network, now: Date): Date | null {
  return tokenDays === undefined ? null : new Date(now.getTime() + tokenDays * 86_400_000);
}

/** The network's own answer, without our secrets in its words. */
export async function checkOn(tools: AskTools, network: Network, id: string, credentials: unknown): Promise<Checked> {
  const networkIo = tools.networkIo(id, AbortSignal.timeout(CHECK_MS));
  return quiet(await network.check(credentials, networkIo), network.credentials, credentials);
}

/** The network's failure as the caller's: worth trying again later where the network may answer otherwise then. */
export function notTaken(network: Network, failure: Failure): Refusal {
  const isPassing = failure.kind === 'down' || failure.kind === 'limited' || failure.kind === 'unknown';
  return new Refusal(
    isPassing ? 'unavailable' : 'invalid',
    `${network.profile.name} did not connect the account: ${failure.detail}`,
  );
}

/**
 * What holds for this account rather than for its network: its server's own limits, and what its way of being connected takes
 * away; and text and link only, where the network fetches images by itself and cannot reach this installation.
 */
export function announced(
  { profile }: Network,
  limits: Partial<Limits> | undefined,
  credentials: unknown,
  publicUrl: string | null,
): Lesser {
  const { images } = profile.limits;
  const way = lesserWayOf(profile, credentials);
  const fetched = images?.byAddress === true ? { images: publicUrl === null ? null : images } : {};
  const all = { ...fetched, ...limits, ...way?.limits };
  return { limits: Object.keys(all).length === 0 ? null : all, powers: way === null ? null : { ...way.powers } };
}

/** What is wrong with the fields that an account or an app must give, all at once; `pointer` is where they stand. */
export function credentialFaults(network: Network, issues: readonly core.$ZodIssue[], pointer: string): Refusal {
  const faults = issues.map((issue) => ({
    pointer: `${pointer}${issue.path.map((step) => `/${String(step)}`).join('')}`,
    code: issue.code,
    message: issue.message.startsWith('Invalid input') ? 'is missing or not a text' : issue.message,
  }));
  // A network file's own words are whole sentences.
  const said = faults.map((fault, index) => {
    return /^\p{Ll}/u.test(fault.message)
      ? `${issues[index]?.path.join('.') ?? ''} ${fault.message.replace(/\.$/, '')}.`.trim()
      : fault.message;
  });
  return new Refusal('invalid', `The credentials for ${network.profile.name} are not right: ${said.join(' ')}`, faults);
}
