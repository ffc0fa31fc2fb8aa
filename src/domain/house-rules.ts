import type { Urgency } from './post.ts';
import type { QuietHours, SlotTime } from './slot-rules.ts';

/**
 * What a newsroom has decided for all its accounts, in one document. Where it names networks, `*` stands for every network
 * that is not named itself.
 */
export interface HouseRules {
  readonly hashtags: HouseHashtags;
  readonly utm: Readonly<Record<string, Utm>>;
  /** Stands where a template has `{signature}`, else on its own line before the link. */
  readonly signatures: Readonly<Record<string, string>>;
  /** Where `{summary}`, `{headline}`, `{tags}`, `{link}`, `{signature}`, `{section}` and `{site}` stand. */
  readonly templates: Readonly<Record<string, string>>;
  /** For accounts that have none of their own. */
  readonly slots: readonly SlotTime[];
  readonly quietHours: readonly QuietHours[];
  /** 0: none. */
  readonly minGapMs: number;
  /** Which sources go out without a person, and how urgent their articles may be; nothing else ever does. */
  readonly auto: readonly AutoRule[];
  /** Whether an image needs a description before its post may be approved, where the network has room for one. */
  readonly altText: 'optional' | 'required';
  /** Whether nobody may approve what they wrote themselves. */
  readonly fourEyes: boolean;
  readonly telling: Telling;
}

export interface HouseHashtags {
  /** On every post that has room, last: `News`. */
  readonly always: readonly string[];
  readonly never: readonly string[];
  /** How the house writes a name: `{ US: 'USA' }`. */
  readonly aliases: Readonly<Record<string, string>>;
  /** Names and topics of which a person decides. */
  readonly sensitive: readonly string[];
}

/** Parameters of a link that tell the house where its readers came from. `{network}` in a value is the network's id. */
export interface Utm {
  readonly source?: string | undefined;
  readonly medium?: string | undefined;
  readonly campaign?: string | undefined;
  readonly term?: string | undefined;
  readonly content?: string | undefined;
}

export interface AutoRule {
  readonly sourceId: string;
  readonly urgencies: readonly Urgency[];
}

/** What a person is told of. */
export const tellings = [
  'failed',
  'unknown',
  'stale',
  'expiring',
  'disconnected',
  'held',
  'resumed',
  'source-failing',
  'correction',
  'webhook-disabled',
] as const;
export type TellingKind = (typeof tellings)[number];

export interface Telling {
  /** Mail addresses. */
  readonly mail: readonly string[];
  /** Accounts that take messages. */
  readonly accounts: readonly string[];
  readonly of: readonly TellingKind[];
  /** After a message the same cause on the same account is counted, not told, for this long. */
  readonly quietMs: number;
}

/** A house that has decided nothing: every post waits for a person. */
export const noHouseRules: HouseRules = {
  hashtags: { always: [], never: [], aliases: {}, sensitive: [] },
  utm: {},
  signatures: {},
  templates: {},
  slots: [],
  quietHours: [],
  minGapMs: 0,
  auto: [],
  altText: 'optional',
  fourEyes: false,
  telling: { mail: [], accounts: [], of: tellings, quietMs: 3_600_000 },
};

/** What a house has decided for a network, by its own name or for all. */
export function ofNetwork<Value>(by: Readonly<Record<string, Value>>, network: string): Value | undefined {
  return Object.hasOwn(by, network) ? by[network] : by['*'];
}
