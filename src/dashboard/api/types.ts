import type { AttemptPhase } from '../../domain/attempt.ts';
import type { HouseRules } from '../../domain/house-rules.ts';
import type { Limits } from '../../domain/limits.ts';
import type { Part, PostAction, PostState, Urgency } from '../../domain/post.ts';
import type { Hashtag, RankedSentence } from '../../domain/summary.ts';

/** What the API answers, as the dashboard reads it. `tests/browser/contract.test.ts` holds it against the API's schemas. */

export interface Page<Item> {
  readonly data: readonly Item[];
  readonly nextCursor: string | null;
}

export type Role = 'viewer' | 'writer' | 'editor' | 'publisher' | 'admin';

export interface Session {
  readonly member: { readonly id: string; readonly name: string; readonly role: Role } | null;
  readonly scopes: readonly string[];
  readonly expiresAt: string | null;
  readonly timeZone: string;
  readonly now: string;
}

export interface Member {
  readonly id: string;
  readonly name: string;
  /** Null also for those who may not manage the team; so are the next two. */
  readonly email: string | null;
  readonly hasPassword: boolean | null;
  readonly passkeys: number | null;
  readonly role: Role;
  readonly joinedAt: string | null;
  readonly seenAt: string | null;
  readonly version: number;
}

/** A link by which a member comes in; shown once. */
export interface MemberLink {
  readonly path: string | null;
  readonly expiresAt: string;
}

export interface RoleRow {
  readonly role: Role;
  readonly scopes: readonly string[];
}

/** A place where somebody is signed in. */
export interface SessionItem {
  readonly id: string;
  readonly isCurrent: boolean;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly seenAt: string;
  readonly expiresAt: string;
}

export interface Passkey {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly usedAt: string | null;
}

export interface ApiFailure {
  readonly kind: string;
  readonly cause: string;
  readonly detail: string;
  readonly sentence: string;
  readonly action: string;
  readonly code?: string | undefined;
  readonly retryAt?: string | undefined;
}

export interface HeldBy {
  readonly id: string;
  readonly scope: string;
  readonly target: string | null;
  readonly reason: string;
  readonly placedBy: string;
  readonly placedAt: string;
}

export interface Post {
  readonly id: string;
  readonly accountId: string;
  readonly network: string;
  readonly storyId: string | null;
  readonly articleId: string | null;
  readonly state: PostState;
  readonly held: boolean;
  readonly heldBy: readonly HeldBy[];
  readonly can: readonly PostAction[];
  /** The house wants four eyes, and the words are one's own. */
  readonly needsAnother: boolean;
  readonly urgency: Urgency;
  readonly version: number;
  readonly revision: number;
  readonly parts: readonly Part[];
  readonly link: string | null;
  readonly tags: readonly string[];
  readonly lang: string;
  /** What the network charges, in millionths of a US dollar. */
  readonly costMicroUsd: number;
  readonly dueAt: string | null;
  readonly wakeAt: string | null;
  readonly staleAt: string | null;
  readonly worthlessAfter: string | null;
  readonly approvedUntil: string | null;
  readonly tries: number;
  readonly failure: ApiFailure | null;
  readonly publishedAt: string | null;
  readonly removedAt: string | null;
  readonly latenessMs: number | null;
  readonly url: string | null;
  readonly reason: string | null;
  readonly approvedBy: string | null;
  readonly approvedAt: string | null;
  readonly createdBy: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface Revision {
  readonly n: number;
  readonly parts: readonly Part[];
  readonly link: string | null;
  readonly tags: readonly string[];
  readonly hash: string;
  readonly author: string | null;
  readonly createdAt: string;
}

export interface Attempt {
  readonly id: string;
  readonly revision: number;
  readonly part: number;
  readonly n: number;
  readonly phase: AttemptPhase | (string & {});
  readonly failure: ApiFailure | null;
  readonly remoteId: string | null;
  readonly url: string | null;
  readonly startedAt: string;
  readonly sentAt: string | null;
  readonly endedAt: string | null;
  readonly checks: number;
}

export interface PostDetail extends Post {
  readonly revisions: readonly Revision[];
  readonly attempts: readonly Attempt[];
}

export interface Account {
  readonly id: string;
  readonly network: string;
  readonly name: string;
  readonly remoteId: string | null;
  readonly url: string | null;
  readonly state: 'connected' | 'signed-out' | 'paused' | 'removed';
  readonly problem: Readonly<Record<string, unknown>> | null;
  readonly expiresAt: string | null;
  readonly blockedUntil: string | null;
  readonly limits: Readonly<Record<string, unknown>> | null;
  readonly settings: Readonly<Record<string, unknown>>;
  /** This calendar month, in millionths of a US dollar. */
  readonly spentMicroUsd: number;
  readonly version: number;
  readonly createdAt: string;
}

export interface Network {
  readonly id: string;
  readonly name: string;
  readonly limits: Readonly<Record<string, unknown>>;
  readonly powers: Readonly<Record<string, unknown>>;
  readonly rules: Readonly<Record<string, string>>;
  /** Our own network: it reaches nobody outside. */
  readonly isSandbox: boolean;
  readonly credentials: Readonly<Record<string, unknown>>;
  /** What an app must give where the network has a page of consent; null where it has none. */
  readonly consent: Readonly<Record<string, unknown>> | null;
}

export interface ArticleItem {
  readonly id: string;
  readonly storyId: string | null;
  readonly revision: number;
  readonly state: 'pending' | 'ready' | 'refused';
  readonly url: string | null;
  readonly title: string | null;
  readonly siteName: string | null;
  readonly section: string | null;
  readonly lang: string | null;
  readonly description: string | null;
  readonly publishedAt: string | null;
  readonly refusal: { readonly reason: string; readonly detail: string } | null;
  readonly postCount: number;
  readonly createdBy: string | null;
  readonly createdAt: string;
  readonly ingestedAt: string | null;
}

export interface ApiSummary {
  readonly engine: string;
  readonly version: string;
  readonly lang: string;
  readonly sentences: readonly LooseReasons<RankedSentence>[];
  readonly hashtags: readonly (LooseReasons<Omit<Hashtag, 'origin'>> & { readonly origin: string })[];
}

/** JSON cannot tell a missing `detail` from an undefined one. */
type LooseReasons<Scored> = Omit<Scored, 'reasons'> & { readonly reasons: readonly ScorePart[] };
export interface ScorePart {
  readonly name: string;
  readonly points: number;
  readonly detail?: string | undefined;
}

export interface Article extends ArticleItem {
  readonly text: string | null;
  readonly keywords: readonly string[];
  readonly authors: readonly string[];
  readonly modifiedAt: string | null;
  readonly image: { readonly url: string; readonly alt: string | null } | null;
  readonly steps: readonly {
    readonly name: 'ingest' | 'summarize' | 'compose';
    readonly state: 'done' | 'failed';
    readonly tries: number;
    readonly problem: string | null;
    readonly at: string;
  }[];
  readonly summary: ApiSummary | null;
}

export interface NewArticle {
  readonly url?: string;
  readonly text?: string;
  readonly html?: string;
  readonly title?: string;
  readonly section?: string;
  readonly tags?: readonly string[];
  readonly urgency?: Urgency;
  readonly accountIds?: readonly string[];
}

/** A time as `POST /v1/posts/{id}/schedule` takes it. */
export type GivenSchedule =
  | { readonly now: true }
  /** `strict`: refused where something speaks against it. */
  | { readonly at: string; readonly strict?: boolean }
  | {
      readonly wallTime: string;
      readonly timeZone: string;
      readonly disambiguation?: 'earlier' | 'later';
      readonly strict?: boolean;
    };

export interface TimelineItem {
  readonly id: string;
  readonly accountId: string;
  readonly text: string;
  readonly card: Readonly<Record<string, unknown>> | null;
  readonly replyTo: string | null;
  readonly createdAt: string;
}

export interface LiveEvent {
  readonly cursor: string;
  readonly at: string;
  readonly type: string;
  readonly subject: string;
  readonly actor: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly requestId: string;
  readonly errors?:
    readonly { readonly pointer: string; readonly code: string; readonly message: string }[] | undefined;
}

export interface Story {
  readonly id: string;
  readonly title: string;
  readonly urgency: Urgency;
  /** No post of the story goes out before. */
  readonly embargoUntil: string | null;
  /** The text that its posts follow; null: as they were written from the article. */
  readonly master: string | null;
  readonly masterVersion: number;
  readonly createdAt: string;
}

/** Slots and quiet times of an account in a stretch of time. */
export interface SlotPlan {
  readonly timeZone: string;
  readonly slots: readonly { readonly at: string; readonly taken: boolean }[];
  readonly quiet: readonly { readonly from: string; readonly to: string }[];
  /** Every day of the account's calendar that the stretch touches. */
  readonly days: readonly {
    readonly date: string;
    readonly from: string;
    readonly to: string;
    readonly planned: number;
    /** Null: any number. */
    readonly capacity: number | null;
  }[];
  readonly nextFree: string | null;
}

/** What the newsroom has decided for all its accounts, with its version. */
export interface StoredRules {
  readonly rules: HouseRules;
  readonly version: number;
}

export interface Comment {
  readonly id: string;
  readonly storyId: string;
  readonly author: string;
  readonly text: string;
  readonly createdAt: string;
}

export interface Share {
  readonly id: string;
  readonly storyId: string;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly expiresAt: string;
}

/** What a post would send, without secrets. */
export interface Rehearsal {
  readonly faults: readonly { readonly pointer: string; readonly code: string; readonly message: string }[];
  /** What of it went out on its account before. */
  readonly repeats: Rehearsal['faults'];
  readonly parts: readonly {
    readonly prepared: unknown;
    readonly requests: readonly { readonly method: string; readonly url: string; readonly body: unknown }[];
  }[];
}

/** The limits of an account: the network's, with what its own instance says instead. */
export function limitsOf(account: Account | undefined, network: Network | undefined): Limits | null {
  if (network === undefined) return null;
  return { ...network.limits, ...account?.limits } as unknown as Limits;
}

export interface Hold {
  readonly id: string;
  readonly scope: 'all' | 'network' | 'account' | 'word' | 'story';
  readonly target: string | null;
  readonly reason: string;
  readonly placedBy: string;
  readonly placedAt: string;
}

export interface Worker {
  readonly id: string;
  readonly version: string;
  readonly host: string;
  readonly pid: number;
  readonly startedAt: string;
  readonly seenAt: string;
  readonly isAlive: boolean;
}

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly isTest: boolean;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
}

export interface Webhook {
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly state: 'active' | 'paused' | 'disabled' | 'removed';
  readonly problem: string | null;
  readonly failingSince: string | null;
  readonly version: number;
}

export interface Delivery {
  readonly id: string;
  readonly type: string;
  readonly state: 'waiting' | 'delivered' | 'failed';
  readonly tries: number;
  readonly nextAt: string | null;
  readonly createdAt: string;
}

export interface DeliveryDetail extends Delivery {
  readonly payload: string;
  readonly attempts: readonly {
    readonly n: number;
    readonly at: string;
    readonly ms: number;
    readonly status: number | null;
    readonly response: string | null;
    readonly problem: string | null;
  }[];
}

/** One thing that somebody did. */
export interface AuditRecord {
  readonly id: string;
  readonly at: string;
  readonly action: string;
  readonly subject: string;
  readonly actor: string | null;
  readonly actorName: string | null;
  readonly ip: string | null;
  /** Of a post, the hash of its content after it. */
  readonly after: string | null;
  readonly hash: string | null;
}

export interface AuditVerdict {
  readonly linked: number;
  readonly waiting: number;
  readonly head: string;
  readonly faults: readonly string[];
}
