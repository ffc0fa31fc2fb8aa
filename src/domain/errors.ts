/** Why a publish did not end in a receipt, named for what the caller must do next. */
export type FailureKind = 'refused' | 'signed-out' | 'limited' | 'down' | 'unknown';

/**
 * What a person reads, and what failures are grouped by. Generic code decides on `FailureKind` only.
 * The sentence says what happened in a journalist's words; the action is the one that helps.
 */
export const causes = {
  auth_expired: { sentence: 'The account is signed out.', action: 'Reconnect the account.' },
  permission: { sentence: 'The account lacks a permission.', action: 'Reconnect and grant the permission named.' },
  rate_limited: { sentence: 'The network asked to wait.', action: 'Nothing: it goes out when the network allows.' },
  too_long: { sentence: 'The text is over the network’s limit.', action: 'Shorten the text.' },
  media_rejected: { sentence: 'The network refused the image.', action: 'Choose another image.' },
  duplicate: {
    sentence: 'The network has this text already.',
    action: 'Check the account; change the text to post again.',
  },
  content_rejected: { sentence: 'The network refused the content.', action: 'Edit the post and retry.' },
  provider_down: { sentence: 'The network cannot be reached.', action: 'Nothing: it is tried again.' },
  link_down: {
    sentence: 'The page that the post leads to does not answer.',
    action: 'Put the page out: it is tried again.',
  },
  timeout_unknown: { sentence: 'Sent, but the answer was lost.', action: 'Check the account before anything else.' },
  given_back: {
    sentence: 'It was given back before anything left, and waits.',
    action: 'Nothing: it goes out once nothing keeps it back.',
  },
  sent_twice: {
    sentence: 'An answer came late: the post is on its network once more than it should be.',
    action: 'Check the account, and remove what is too much.',
  },
  out_of_credit: { sentence: 'The network’s paid quota is used up.', action: 'Top up the credit or raise the cap.' },
  version_sunset: {
    sentence: 'The network has retired this version of its API.',
    action: 'Upgrade standfirst or set a newer version.',
  },
  blocked_host: { sentence: 'The address is not one we may call.', action: 'Use a public address or allow it.' },
  poison: { sentence: 'Two workers died while sending this post.', action: 'Look at the worker’s log, then retry.' },
  config: { sentence: 'The installation is not set up for this.', action: 'Ask the operator.' },
  internal: { sentence: 'standfirst failed.', action: 'Send the debug bundle to the operator.' },
} as const satisfies Record<string, { sentence: string; action: string }>;

export type Cause = keyof typeof causes;

/** What helps instead of waiting, once nothing is tried again by itself any more. */
const afterwards: Readonly<Partial<Record<string, string>>> = {
  rate_limited: 'Retry later: it is not tried again by itself any more.',
  provider_down: 'Retry once the network answers: it is not tried again by itself any more.',
  link_down: 'Put the page out, then retry: it is not tried again by itself any more.',
} satisfies Partial<Record<Cause, string>>;

/** @param isTried whether it is still tried again by itself. @returns null for a cause that is not known here. */
export function wordsOf(
  cause: string,
  isTried: boolean,
): { readonly sentence: string; readonly action: string } | null {
  if (!Object.hasOwn(causes, cause)) return null;
  const { sentence, action } = causes[cause as Cause];
  return { sentence, action: isTried ? action : (afterwards[cause] ?? action) };
}

export interface Failure {
  readonly kind: FailureKind;
  readonly cause: Cause;
  /** One sentence with the network's own words, foreign text cut to 1 KiB. */
  readonly detail: string;
  /** The network's machine code, where it gave one. */
  readonly code?: string;
  /** For `limited`: how long the network asks to wait, from its answer on. No instant: two clocks never agree on one. */
  readonly retryAfterMs?: number;
}

/** A request that cannot be carried out as asked. The API and the CLI translate it; nothing else catches it. */
export class Refusal extends Error {
  readonly reason: RefusalReason;
  readonly faults: readonly Fault[];

  constructor(reason: RefusalReason, message: string, faults: readonly Fault[] = [], options?: ErrorOptions) {
    super(message, options);
    this.name = 'Refusal';
    this.reason = reason;
    this.faults = faults;
  }
}

/** `unavailable` is worth trying again later; the others are not, unless the request changes. */
export type RefusalReason =
  | 'invalid'
  | 'not-found'
  | 'conflict'
  | 'stale-version'
  | 'not-allowed'
  | 'signed-out'
  | 'too-many'
  | 'too-large'
  | 'unavailable';

/** One thing wrong with a request: all of them are reported at once. */
export interface Fault {
  /** JSON pointer into the request, e.g. `/accounts/0`. */
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
}
