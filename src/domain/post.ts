/** The life of a post on one account. `held` is not a state: it is computed from the holds that match. */
export const postStates = [
  'draft',
  'in_review',
  'approved',
  'scheduled',
  'publishing',
  'published',
  'failed',
  'unknown',
  'stale',
  'cancelled',
  'superseded',
] as const;

export type PostState = (typeof postStates)[number];

/** Which action is allowed in which state: API guards, worker claims and dashboard buttons all derive from this table. */
export const postCan = {
  edit: ['draft', 'in_review', 'approved', 'scheduled', 'failed', 'stale'],
  submit: ['draft'],
  approve: ['draft', 'in_review', 'approved', 'failed', 'stale'],
  requestChanges: ['in_review', 'approved', 'scheduled'],
  reject: ['draft', 'in_review', 'approved', 'scheduled'],
  schedule: ['approved', 'scheduled', 'stale'],
  unschedule: ['scheduled'],
  setWorth: ['draft', 'in_review', 'approved', 'scheduled', 'failed', 'stale'],
  publishNow: ['approved', 'scheduled', 'stale'],
  cancel: ['draft', 'in_review', 'approved', 'scheduled', 'failed', 'stale'],
  supersede: ['draft', 'in_review', 'approved', 'scheduled', 'stale'],
  claim: ['scheduled'],
  retry: ['failed', 'stale'],
  checkOnNetwork: ['unknown'],
  markPublished: ['unknown', 'failed'],
  sendAgain: ['unknown'],
  hold: ['draft', 'in_review', 'approved', 'scheduled', 'publishing', 'failed', 'unknown', 'stale'],
  correct: ['published'],
  // Wherever no request can leave any more: of a thread that was cut, what is out can be taken down too.
  remove: ['draft', 'in_review', 'approved', 'published', 'failed', 'stale', 'cancelled', 'superseded'],
  expire: ['scheduled', 'approved'],
} as const satisfies Record<string, readonly PostState[]>;

export type PostAction = keyof typeof postCan;

const changesWords: readonly PostAction[] = ['edit', 'requestChanges', 'reject', 'unschedule', 'cancel', 'supersede'];

/** Whether it puts another text, or none, in the place of one that may be on its network already: not while that is in doubt. */
export function isBarredInDoubt(action: PostAction): boolean {
  return changesWords.includes(action);
}

/** Whether it says what became of one that may be on its network already, and waits to be sent again. */
export function isSettling(action: PostAction): boolean {
  return action === 'markPublished' || action === 'sendAgain';
}

/** Approved before: there is something to approve only where the approval has ended. */
export const approvedBefore = ['approved', 'failed', 'stale'] as const satisfies readonly PostState[];

export function isAllowed(action: PostAction, state: PostState): boolean {
  return (postCan[action] as readonly PostState[]).includes(state);
}

/** One message of a post; a thread has several. */
export interface Part {
  /** The final text, hashtags and link included, exactly as it goes out. */
  readonly text: string;
  readonly media: readonly PartMedia[];
  /** What a link card shows, for networks where the client builds it. */
  readonly card: LinkCard | null;
}

export interface PartMedia {
  /** Id of an image that is kept here, or an absolute URL, fetched when the post is sent. */
  readonly source: string;
  readonly alt: string;
}

export interface LinkCard {
  readonly url: string;
  readonly title: string;
  readonly description: string;
  readonly image: CardImage | null;
}

export interface CardImage {
  /** As a `PartMedia`'s source. */
  readonly url: string;
  readonly alt: string;
  /** Where it is cut to the card's shape; absent: not here, and each network cuts it as it likes. */
  readonly focus?: Focus;
}

/** Which part of a picture stays where it is cut: 0 is its left or upper end, 1 the right or lower, 0.5 the middle. */
export interface Focus {
  readonly x: number;
  readonly y: number;
}

/** How much a story hurries. Decides the queue's order and how soon a post is worth nothing. */
export type Urgency = 'breaking' | 'normal' | 'evergreen';
