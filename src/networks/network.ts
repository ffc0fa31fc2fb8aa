import type { ZodType } from 'zod';
import type { Receipt } from '../domain/attempt.ts';
import type { Failure } from '../domain/errors.ts';
import type { Limits } from '../domain/limits.ts';
import type { LinkCard } from '../domain/post.ts';

/**
 * One network, one file: what it allows (data) and what it can do (verbs). Generic code asks `profile.powers` and never
 * for a network's name. Expected failures are values (`Outcome`); a throw is a defect of ours and counts as `unknown`.
 */
export interface Network<Credentials = unknown> {
  readonly profile: Profile;
  /** What an account must give; its `.describe()` texts and `.meta()` drive the forms of the API and the dashboard. */
  readonly credentials: ZodType<Credentials>;
  /**
   * Everything that must stay the same if the part is sent a second time (record key, signed event, frozen time).
   * Called once, before the attempt is committed; the answer is stored with the attempt and given back in
   * `message.frozen`, to `publish` and to `find`. JSON only, no secrets.
   */
  prepare?(message: Message, credentials: Credentials, io: NetworkIo): Promise<Json>;
  /** Sends one part. Never repeats a request by itself, save a refused one after a token refresh by the caller. */
  publish(message: Message, credentials: Credentials, io: NetworkIo): Promise<Outcome>;
  /**
   * Sends a whole thread in one request, all or nothing, where the network has such a thing. The messages are as `publish`
   * is given them, but all with `replyTo` null: where its parent will be is for the network to know. A part
   * that was written so is found by `find`, and taken for the same one by `publish`, as if it had gone out alone.
   */
  publishThread?(thread: readonly Message[], credentials: Credentials, io: NetworkIo): Promise<ThreadOutcome>;
  /** Looks for a part whose answer was lost. Present where `powers.find` is not `none`. */
  find?(message: Message, credentials: Credentials, io: NetworkIo): Promise<Found>;
  /** New credentials before the old ones run out; null where nothing needs renewing. */
  refresh?(credentials: Credentials, io: NetworkIo): Promise<Refreshed<Credentials>>;
  remove?(receipt: Receipt, credentials: Credentials, io: NetworkIo): Promise<Outcome>;
  edit?(receipt: Receipt, message: Message, credentials: Credentials, io: NetworkIo): Promise<Outcome>;
  /** Who is connected, what is missing, until when. Called when an account is added, daily, and on demand. */
  check(credentials: Credentials, io: NetworkIo): Promise<Checked>;
  /** Connecting by consent in a browser, where the network has that; else a person pastes a key or a token. */
  readonly connect?: Connect<Credentials>;
}

/**
 * OAuth 2 with an authorisation code (RFC 6749 4.1) and PKCE (RFC 7636). The caller makes state and verifier, keeps them
 * with the app for one use, and compares the state that comes back.
 */
export interface Connect<Credentials = unknown, App = unknown> {
  /** What the operator's app is known by at the network; drives a form as `credentials` does. */
  readonly app: ZodType<App>;
  /** Where to send the person. The app comes back complete where the network makes one on demand. */
  begin(app: App, asked: Consent, io: NetworkIo): Promise<Begun<App>>;
  /** Trades the code in. One candidate for each account that the person may post as (Pages, organisations). */
  finish(app: App, granted: Grant, io: NetworkIo): Promise<Connected<Credentials>>;
}

export interface Consent {
  /** Ours, exactly as registered with the app. */
  readonly redirectUri: string;
  readonly state: string;
  /** SHA-256 of the verifier in base64url (`S256`). */
  readonly challenge: string;
}

export interface Grant {
  readonly redirectUri: string;
  readonly code: string;
  readonly verifier: string;
}

export type Begun<App> = { readonly kind: 'begun'; readonly url: string; readonly app: App } | Failure;

export interface Candidate<Credentials = unknown> {
  /** The account as people know it, e.g. the name of a Page. */
  readonly name: string;
  readonly credentials: Credentials;
}

export type Connected<Credentials> =
  { readonly kind: 'granted'; readonly candidates: readonly Candidate<Credentials>[] } | Failure;

export interface Profile {
  /** Stable id in the database, kebab-case, e.g. `x`. */
  readonly id: string;
  /** As people write it, e.g. `X`. */
  readonly name: string;
  /** A network of ours that reaches nobody: made at the first run, and all that a test key may use. */
  readonly isOwn?: true;
  readonly limits: Limits;
  readonly powers: Powers;
  /** Ways to connect that can do less than the rest of this says, by the `kind` of their credentials. */
  readonly lesserWays?: Readonly<Record<string, LesserWay>>;
  /**
   * Days that a token is taken to live from when it was given, where nobody says when it ends: announced 14 days before, and
   * renewed from then on where the network renews.
   */
  readonly tokenDays?: number;
  /** Price of one post in millionths of a US dollar; both 0 where posting is free. Settings may override. */
  readonly price: { readonly post: number; readonly postWithLink: number };
  /** Where each rule above is written down by the network. */
  readonly rules: Readonly<Record<string, string>>;
}

export interface Powers {
  /** The network itself drops a second request with the same `message.key`. */
  readonly idempotencyKey: boolean;
  /** We choose the record's key, so a second write of it is the same write. */
  readonly recordKey: boolean;
  /**
   * How a lost answer is settled. `by-resend`: the network refuses an identical second and names the first, so `find`
   * answers `absent` without asking, and sending again is the question.
   */
  readonly find: 'by-key' | 'by-text' | 'by-resend' | 'none';
  readonly threads: boolean;
  /** The messages of a thread only follow each other: none is tied to another, and no post can be answered. */
  readonly threadsAreLoose?: true;
  readonly edit: boolean;
  readonly remove: boolean;
  /** `client`: we build the link card; `auto`: the network does from the page; `none`: there is none. */
  readonly linkCard: 'auto' | 'client' | 'none';
  /** Reaches the people of the house at once, so that they may be told of trouble there. */
  readonly tells?: boolean;
}

/** What holds for accounts that are connected in one way, over the profile's. */
export interface LesserWay {
  /** As people call it, e.g. `incoming webhook`. */
  readonly name: string;
  readonly powers: Partial<Powers>;
  readonly limits: Partial<Limits>;
}

/** One part, ready to send. */
export interface Message {
  readonly text: string;
  readonly lang: string;
  readonly card: LinkCard | null;
  readonly images: readonly Image[];
  /** The card's picture, for networks where we build the card; absent where there is none. */
  readonly cardImage?: Image | null;
  /** For the second and later parts of a thread: the first part and the one before. */
  readonly replyTo: { readonly root: Receipt; readonly parent: Receipt } | null;
  /** Idempotency key: the same for every try at this part of this revision. At most 64 characters of `[a-z0-9-]`. */
  readonly key: string;
  /** When the part was first claimed: frozen, so that a second write is byte-identical. */
  readonly createdAt: Date;
  /** What `prepare` answered, or null. */
  readonly frozen: Json;
}

/** An image ready to send: re-encoded, within the network's limits, metadata stripped. */
export interface Image {
  readonly bytes: Uint8Array;
  readonly type: string;
  readonly width: number;
  readonly height: number;
  readonly alt: string;
  /** Where a network whose images are `byAddress` fetches these bytes, for a day. */
  readonly url?: string;
}

/** The world as a network file sees it. Nothing else may be reached. */
export interface NetworkIo {
  /** The guarded client (`http/`): refuses private addresses, limits time and size, never follows redirects by itself. */
  readonly fetch: typeof fetch;
  /** Opens a WebSocket under the same guard; where absent, networks that need one say so. */
  readonly socket?: (url: string) => WebSocket;
  /** Asked once a socket stands, before something leaves through it. Throws where the post has been held back meanwhile. */
  readonly mayLeave?: () => Promise<void>;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  /** Longest wait for one whole answer; 25 s where not given, which is below the lock of a publish job. */
  readonly timeoutMs?: number;
  /** The account the call is for, e.g. `acc_…`. */
  readonly accountId: string;
  /** What our own network, the sandbox, keeps its messages in. */
  readonly timeline: Timeline;
}

export interface Timeline {
  /** Keeps a message; a second one with the same key answers the first one's id. */
  keep(entry: TimelineEntry): Promise<{ id: string }>;
  find(accountId: string, key: string): Promise<{ id: string } | null>;
  remove(accountId: string, id: string): Promise<boolean>;
  edit(accountId: string, id: string, text: string): Promise<boolean>;
}

export interface TimelineEntry {
  readonly accountId: string;
  readonly key: string;
  readonly text: string;
  readonly card: LinkCard | null;
  readonly replyTo: string | null;
}

export type Outcome = { readonly kind: 'published'; readonly receipt: Receipt } | Failure;

/** One receipt a part, in order. `one-by-one`: this server cannot, nothing was posted, and the parts go out one by one. */
export type ThreadOutcome =
  { readonly kind: 'published'; readonly receipts: readonly Receipt[] } | { readonly kind: 'one-by-one' } | Failure;

export type Found =
  | { readonly kind: 'published'; readonly receipt: Receipt }
  | { readonly kind: 'absent' }
  /** `isFinal`: nobody who asks will ever be told, as with an incoming webhook. */
  | { readonly kind: 'cannot-tell'; readonly detail: string; readonly isFinal?: true };

export type Refreshed<Credentials> =
  | { readonly kind: 'refreshed'; readonly credentials: Credentials; readonly expiresAt: Date | null }
  | { readonly kind: 'not-needed' }
  | Failure;

export type Checked =
  | {
      readonly kind: 'connected';
      /** The account's own name, e.g. `@desk`. */
      readonly handle: string;
      readonly remoteId: string;
      readonly url: string | null;
      readonly missingPermissions: readonly string[];
      readonly expiresAt: Date | null;
      /** The instance's own limits where it announces them (Mastodon); they override the profile's. */
      readonly limits?: Partial<Limits>;
    }
  | Failure;

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
