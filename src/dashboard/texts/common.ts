import type { LengthUnit } from '../../domain/limits.ts';
import type { PostState, Urgency } from '../../domain/post.ts';
import { posts } from './counted.ts';

const states = {
  draft: 'Draft',
  in_review: 'In review',
  approved: 'Approved',
  scheduled: 'Scheduled',
  publishing: 'Publishing',
  published: 'Published',
  failed: 'Failed',
  unknown: 'In doubt',
  stale: 'Too late',
  cancelled: 'Cancelled',
  superseded: 'Superseded',
  held: 'Held',
} satisfies Record<PostState | 'held', string>;

const units = {
  weighted: 'weighted',
  graphemes: 'characters',
  utf16: 'characters',
  codepoints: 'characters',
  bytes: 'bytes',
  'emoji-bytes': 'characters',
} satisfies Record<LengthUnit, string>;

const urgency = {
  breaking: 'Breaking',
  normal: 'Normal',
  evergreen: 'Evergreen',
} satisfies Record<Urgency, string>;

/** Who decides what one may not oneself. */
const roles = {
  reads: 'You may read this; an editor decides.',
  writes: 'An editor approves it.',
  edits: 'A publisher gives it its time.',
} as const;

/** Whose it is what the member at this browser may not do, by the scope that the API asks for. */
const notYours = {
  'articles:write': 'You may not bring in stories; a writer does.',
  'posts:write': 'You may not write posts; a writer does.',
  'posts:approve': 'You may not decide about posts; an editor does.',
  'posts:publish': 'You may not time, send or hold posts; a publisher does.',
  'sources:manage': 'You may not look after sources; an editor does.',
  'accounts:manage': 'You may not look after accounts; an admin does.',
  'house-rules:manage': 'You may not change house rules; an admin does.',
} as const;

/** What went wrong where the API has no words for it. */
const problems = {
  fault: 'The page has a fault',
  status: (code: number) => `Status ${code}`,
  answered: (code: number) => `The server answered with status ${code}.`,
  noAnswer: 'No answer',
  ended: 'Your session has ended. Sign in again, then go on here.',
  changed: 'Somebody changed this meanwhile: look again.',
  atFields: 'See the fields that are marked.',
  /** A field whose name is not known here. */
  field: (predicate: string) => `One of the fields ${predicate}`,
  of: (field: string, fault: string) => `${field}: ${fault}`,
  /** By the code of a fault; where there is none, the API's words stand. */
  codes: { 'invalid-type': 'is missing, or is not of the kind that goes here' } as Readonly<Record<string, string>>,
  unreachable: 'The server cannot be reached. What you see is the last known picture.',
} as const;

export const common = {
  /** As BCP 47 writes it: of these texts, and of how days are written. */
  language: 'en-GB',
  /** How long: milliseconds, seconds, minutes, hours, days. */
  spans: { ms: 'ms', s: 's', m: 'm', h: 'h', d: 'd' },
  product: 'standfirst',
  untitled: 'Untitled story',
  states,
  units,
  urgency,
  roles,
  notYours,
  problems,
  signedOut: 'You are signed out',
  posts,
  close: 'Close',
  cancel: 'Cancel',
  retry: 'Try again',
  loading: 'Loading',
  copyDetails: 'Copy details',
  skip: 'Skip to content',
} as const;
