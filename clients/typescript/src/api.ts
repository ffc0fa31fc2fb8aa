// Written from docs/openapi.json by `npm run client`; changes here are lost.

import { Transport } from './transport.ts';
import type { Common, Writes } from './transport.ts';

export type AcceptedArticle = {
  id: string;
  state: 'pending';
  /** Where to look at it. */
  href: string;
};

export type Account = {
  id: string;
  network: string;
  name: string;
  remoteId: string | null;
  url: string | null;
  state: 'connected' | 'signed-out' | 'paused' | 'removed';
  /** What is wrong with it, when something is. */
  problem: {
    [name: string]: unknown;
  } | null;
  expiresAt: string | null;
  /** When it was given its credentials, or they were renewed. */
  credentialsAt: string;
  /** The network asked to wait until then. */
  blockedUntil: string | null;
  /** The instance’s own limits; they override the network’s. */
  limits: {
    [name: string]: unknown;
  } | null;
  /** What it can do: its network’s `powers`, less what the way it is connected takes away. */
  powers: {
    [name: string]: unknown;
  };
  /** What an editor decides: time zone, approval, hashtags, slots, quiet hours, gap, caps, images, and `unknown`. That is what becomes of a post whose answer was lost on a network that cannot be asked: `hold` (the default) waits for a person; `send-again` sends it once more by itself, and then it may be there twice. `repeatHours`: for how many hours the network refuses a text that went out on the account, where you have found another number than we know; 0: it does not. */
  settings: {
    [name: string]: unknown;
  };
  /** What its posts cost this calendar month (UTC), in millionths of a US dollar. */
  spentMicroUsd: number;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type AccountChange = {
  name?: string;
  /** What an editor decides: time zone, approval, hashtags, slots, quiet hours, gap, caps, images, and `unknown`. That is what becomes of a post whose answer was lost on a network that cannot be asked: `hold` (the default) waits for a person; `send-again` sends it once more by itself, and then it may be there twice. `repeatHours`: for how many hours the network refuses a text that went out on the account, where you have found another number than we know; 0: it does not. */
  settings?: {
    [name: string]: unknown;
  };
};

export type AccountSlotPlan = {
  /** The zone that its slots, quiet hours and days are in. */
  timeZone: string;
  slots: {
    at: string;
    taken: boolean;
  }[];
  quiet: {
    from: string;
    to: string;
  }[];
  /** Every day of its calendar that the stretch touches, whole. */
  days: {
    date: string;
    from: string;
    to: string;
    /** Posts that are scheduled, on their way, in doubt or out. */
    planned: number;
    /** How many its slots, or else its gap and caps, let out outside quiet hours; null: any number. */
    capacity: number | null;
  }[];
  /** The next free slot from `from`, or from now where that is later. */
  nextFree: string | null;
  accountId: string;
};

export type ApiKey = {
  id: string;
  name: string;
  /** What its secret begins with, so that a person knows it again; null for keys of before. */
  prefix: string | null;
  scopes: string[];
  isTest: boolean;
  /** Whose it is: it may never do more than they, and ends with them. */
  memberId: string | null;
  createdAt: string;
  lastUsedAt: string | null;
  expiresAt: string | null;
  revokedAt: string | null;
};

export type Article = {
  id: string;
  storyId: string | null;
  /** The source that brought it; null where somebody handed it in. */
  sourceId: string | null;
  revision: number;
  /** `pending` until it was fetched and read. */
  state: 'pending' | 'ready' | 'refused';
  url: string | null;
  title: string | null;
  /** How its text begins, where it has no title. */
  opening: string | null;
  siteName: string | null;
  section: string | null;
  lang: string | null;
  description: string | null;
  publishedAt: string | null;
  /** Why it could not be read. */
  refusal: {
    reason: string;
    /** One sentence. */
    detail: string;
  } | null;
  postCount: number;
  createdBy: string | null;
  createdAt: string;
  ingestedAt: string | null;
  text: string | null;
  keywords: string[];
  authors: string[];
  modifiedAt: string | null;
  image: {
    url: string;
    alt: string | null;
  } | null;
  confidence: number | null;
  /** A story that may be the same one; a person decides. Its posts never go out without one, nor, until the two are told apart, under the embargo of that story. */
  possibleDuplicate: {
    storyId: string;
    /** One sentence. */
    why: string;
    /** A person has told the two apart: `tell-apart`. */
    isAnother: boolean;
  } | null;
  steps: {
    name: 'ingest' | 'summarize' | 'compose';
    state: 'done' | 'failed';
    tries: number;
    problem: string | null;
    at: string;
  }[];
  summary: Summary | null;
};

export type ArticleItem = {
  id: string;
  storyId: string | null;
  /** The source that brought it; null where somebody handed it in. */
  sourceId: string | null;
  revision: number;
  /** `pending` until it was fetched and read. */
  state: 'pending' | 'ready' | 'refused';
  url: string | null;
  title: string | null;
  /** How its text begins, where it has no title. */
  opening: string | null;
  siteName: string | null;
  section: string | null;
  lang: string | null;
  description: string | null;
  publishedAt: string | null;
  /** Why it could not be read. */
  refusal: {
    reason: string;
    /** One sentence. */
    detail: string;
  } | null;
  postCount: number;
  createdBy: string | null;
  createdAt: string;
  ingestedAt: string | null;
};

export type Attempt = {
  id: string;
  revision: number;
  part: number;
  n: number;
  phase: string;
  failure: Failure | null;
  remoteId: string | null;
  url: string | null;
  startedAt: string;
  sentAt: string | null;
  endedAt: string | null;
  checks: number;
  /** The trace that sent it, where traces go to a collector. */
  traceId: string | null;
  postId: string;
  accountId: string;
  network: string;
};

export type AuditRecord = {
  id: string;
  at: string;
  /** Like the type of an event, e.g. `post.approved`. */
  action: string;
  /** Id of what it was done to. */
  subject: string;
  /** Id of the member or API key; null where the product did it by itself. */
  actor: string | null;
  actorName: string | null;
  ip: string | null;
  requestId: string | null;
  /** SHA-256 of what was before, where the action changes something. */
  before: string | null;
  /** SHA-256 of what is after it; of a post, the hash of its content. */
  after: string | null;
  /** Each field that was changed, before and after; of a post its text, state and time. No secret is in it, and a value is cut after 2,000 characters. Null where the action changes no field, or once the values are older than they are kept: the row itself stays. */
  changes:
    | {
        field: string;
        /** Null: it was not there. */
        before: unknown;
        /** Null: it is gone. */
        after: unknown;
      }[]
    | null;
  data: {
    [name: string]: unknown;
  };
  /** In the chain; null for the seconds until the row is linked to it. */
  hash: string | null;
};

export type AuditVerdict = {
  /** Rows in the chain. */
  linked: number;
  /** Rows that are linked within seconds, while a worker runs. */
  waiting: number;
  /** End of the chain. Keep it elsewhere. */
  head: string;
  /** One sentence per row that was changed, moved or is missing. */
  faults: string[];
};

export type BulkAction = {
  action:
    | 'submit'
    | 'approve'
    | 'reject'
    | 'request-changes'
    | 'schedule'
    | 'unschedule'
    | 'publish'
    | 'cancel'
    | 'hold'
    | 'resume'
    | 'retry'
    | 'check'
    | 'send-again'
    | 'remove';
  /** Ids, or ids with the version that was seen. */
  ids: (
    | string
    | {
        id: string;
        version: number;
      }
  )[];
  /** What the same verb takes under `/v1/posts/{id}/…`, e.g. `{"reason": "…"}`; the same for every post. */
  with?: unknown;
};

export type BulkResult = {
  done: number;
  refused: number;
  results: {
    id: string;
    /** As it stands afterwards; null where it was refused. */
    post: Post | null;
    problem: Problem | null;
  }[];
};

export type Calendar = {
  timeZone: string;
  stretches: {
    from: string;
    /** Where the next begins: a day may have 23 or 25 hours. */
    to: string;
    count: number;
    /** How many in each state. */
    states: {
      [name: string]: number;
    };
    /** The first `most`, in the order of their times. */
    posts: Post[];
  }[];
};

export type CarryOut = {
  /** Posts that are not named are corrected by their plan. */
  choices?: {
    postId: string;
    /** `edit`: change the text on the network. `replace`: remove it there and post the right one; fails, and removes nothing, where a hold or an embargo would keep the right one back. `reply`: answer it with the right one. `by-hand`: a person has done it there. `leave`: let it stand. */
    choice?: 'edit' | 'replace' | 'reply' | 'by-hand' | 'leave';
    /** Other words, one text for each message. */
    texts?: string[];
  }[];
};

export type Comment = {
  id: string;
  storyId: string;
  /** Who wrote it: a member or an API key. */
  author: string;
  text: string;
  createdAt: string;
};

export type Connection = {
  /** The network’s page of consent: open it in a browser, once. */
  url: string | null;
  /** Where the network sends the browser back; register exactly this with your app. */
  redirectUri: string;
  /** Until then the person must have come back. */
  expiresAt: string;
};

export type Correction = {
  id: string;
  storyId: string;
  storyTitle: string;
  /** The revision that the posts do not say yet. */
  articleId: string;
  state: 'open' | 'carrying-out' | 'done';
  createdAt: string;
  chosenBy: string | null;
  chosenAt: string | null;
  doneAt: string | null;
  posts: {
    postId: string;
    accountId: string;
    network: string;
    url: string | null;
    /** What it would say, one text for each message. */
    texts: string[];
    /** What its network can do, the best first. */
    options: ('edit' | 'replace' | 'reply' | 'by-hand' | 'leave')[];
    /** What is done where nobody chooses otherwise. */
    plan: 'edit' | 'replace' | 'reply' | 'by-hand' | 'leave';
    choice: ('edit' | 'replace' | 'reply' | 'by-hand' | 'leave') | null;
    state: 'open' | 'chosen' | 'done' | 'failed';
    /** Why it failed, in one sentence. */
    problem: string | null;
    /** The post that replaces or answers it. */
    newPostId: string | null;
    /** What became of that post: nothing is corrected for readers before it is out. */
    newPostState:
      | (
          | 'draft'
          | 'in_review'
          | 'approved'
          | 'scheduled'
          | 'publishing'
          | 'published'
          | 'failed'
          | 'unknown'
          | 'stale'
          | 'cancelled'
          | 'superseded'
        )
      | null;
  }[];
};

export type CreatedApiKey = {
  id: string;
  name: string;
  /** What its secret begins with, so that a person knows it again; null for keys of before. */
  prefix: string | null;
  scopes: string[];
  isTest: boolean;
  /** Whose it is: it may never do more than they, and ends with them. */
  memberId: string | null;
  createdAt: string;
  lastUsedAt: string | null;
  expiresAt: string | null;
  revokedAt: string | null;
  /** Shown this once; null where an answer is replayed. */
  secret: string | null;
};

export type CreatedPosts = {
  data: Post[];
};

export type CreatedShare = {
  id: string;
  storyId: string;
  createdBy: string;
  createdAt: string;
  expiresAt: string;
  /** Where anybody who has it can read the posts. Told this once. */
  path: string | null;
};

export type Decision = {
  id: string;
  sourceId: string;
  outcome: 'accepted' | 'duplicate' | 'filtered' | 'refused' | 'baseline' | 'over-cap';
  /** The rule that filtered it. */
  rule: string | null;
  /** Why, in one sentence. */
  detail: string | null;
  articleId: string | null;
  /** The story it belongs to, or duplicates. */
  storyId: string | null;
  url: string | null;
  title: string;
  teaser: string | null;
  sections: string[];
  lang: string | null;
  publishedAt: string | null;
  promotedBy: string | null;
  /** When it was first seen. */
  createdAt: string;
  decidedAt: string;
};

export type Delivery = {
  /** Also the `webhook-id`, the same at every try. */
  id: string;
  webhookId: string;
  type: string;
  state: 'waiting' | 'delivered' | 'failed';
  /** Of this round; a redelivery begins another. */
  tries: number;
  /** When it is tried next, while it waits. */
  nextAt: string | null;
  createdAt: string;
  endedAt: string | null;
};

export type DeliveryDetail = {
  /** Also the `webhook-id`, the same at every try. */
  id: string;
  webhookId: string;
  type: string;
  state: 'waiting' | 'delivered' | 'failed';
  /** Of this round; a redelivery begins another. */
  tries: number;
  /** When it is tried next, while it waits. */
  nextAt: string | null;
  createdAt: string;
  endedAt: string | null;
  /** Byte for byte as it is sent. */
  payload: string;
  attempts: {
    n: number;
    at: string;
    ms: number;
    /** Null where no answer came. */
    status: number | null;
    /** The first kilobyte of the answer. */
    response: string | null;
    problem: string | null;
  }[];
};

export type Failure = {
  kind: string;
  cause: string;
  detail: string;
  /** What happened, in a journalist’s words. */
  sentence: string;
  /** What helps. */
  action: string;
  code?: string;
};

export type FailureGroups = {
  data: {
    /** Cause and account: the same group has it again in the next answer. */
    id: string;
    cause: string;
    accountId: string;
    network: string;
    /** What happened, in a journalist’s words. */
    sentence: string;
    /** What helps. */
    action: string;
    /** Some of it may be out: look on the network before it is sent again. */
    isInDoubt: boolean;
    /** When the longest waiting of them was due. */
    oldestAt: string;
    count: number;
    postIds: string[];
  }[];
  /** False where more than 1,000 posts failed: the newest are here. */
  isWhole: boolean;
};

export type Figures = {
  from: string;
  to: string;
  /** Since when there are figures: when the first account was connected. */
  collectingSince: string | null;
  /** How long a stretch is. */
  stretchMs: number;
  /** All together first, then each with a post in the span. */
  networks: {
    /** Id of a network; null: all together. */
    network: string | null;
    whole: {
      /** Went out at the first try. */
      published: number;
      /** Went out after more than one try. */
      retried: number;
      /** Failed, in doubt, or too late. */
      failed: number;
      /** A hold keeps them back now, and their time has come. */
      held: number;
      /** Of those that went out, whose lateness is known. */
      measured: number;
      /** Of the measured, at most 30 s late. */
      onTime: number;
      medianMs: number | null;
      p95Ms: number | null;
      worstMs: number | null;
    };
    /** Those in which a post was due. */
    stretches: {
      /** Went out at the first try. */
      published: number;
      /** Went out after more than one try. */
      retried: number;
      /** Failed, in doubt, or too late. */
      failed: number;
      /** A hold keeps them back now, and their time has come. */
      held: number;
      /** Of those that went out, whose lateness is known. */
      measured: number;
      /** Of the measured, at most 30 s late. */
      onTime: number;
      medianMs: number | null;
      p95Ms: number | null;
      worstMs: number | null;
      from: string;
    }[];
  }[];
};

export type Foundations = {
  checks: {
    name: 'database' | 'migrations' | 'queue' | 'clock' | 'zones' | 'keys' | 'disk';
    /** `wrong`: no work can be done. `advice`: it works, and will hurt. */
    state: 'ok' | 'advice' | 'wrong';
    /** What it is, and what to do; empty where all is well. */
    sentence: string;
  }[];
  database: {
    version: string;
    /** How long it took to answer the simplest question. */
    answerMs: number;
    /** Bytes. */
    sizeBytes: number;
    /** Of everybody who uses it. */
    connections: number;
    maxConnections: number;
  } | null;
  queue: {
    kind: 'redis' | 'postgres';
    redis: {
      version: string;
      /** Bytes. */
      memoryBytes: number;
      /** Null: as much as its machine has. */
      maxMemoryBytes: number | null;
      /** `maxmemory-policy`; null: it does not let us read its settings. */
      policy: string | null;
      /** `appendonly`. */
      appendOnly: string | null;
    } | null;
  };
  /** By how much, at least, the database’s clock is ahead of this machine’s. */
  clockApartMs: number | null;
  feeds: {
    active: number;
    paused: number;
    failingCount: number;
    /** Those that have failed for the longest. */
    failing: {
      id: string;
      name: string;
      since: string | null;
    }[];
  } | null;
  webhooks: {
    active: number;
    paused: number;
    disabled: number;
    failingCount: number;
    /** Deliveries that have not been taken yet. */
    waiting: number;
    oldestWaitingAt: string | null;
  } | null;
};

export type GivenNewsroom = {
  name: string | null;
  timeZone: string | null;
};

export type GivenRetention = {
  days: {
    [name: string]: number;
  };
};

export type Hold = {
  id: string;
  scope: 'all' | 'network' | 'account' | 'word' | 'story' | 'post';
  target: string | null;
  reason: string;
  placedBy: string;
  /** What that member or key is called. */
  placedByName: string | null;
  placedAt: string;
  liftedBy: string | null;
  liftedAt: string | null;
  resume: ('as-planned' | 'shift' | 'drop-stale') | null;
};

export type HouseRules = {
  hashtags?: {
    always?: string[];
    never?: string[];
    aliases?: {
      [name: string]: string;
    };
    sensitive?: string[];
  };
  utm?: {
    [name: string]: {
      source?: string;
      medium?: string;
      campaign?: string;
      term?: string;
      content?: string;
    };
  };
  signatures?: {
    [name: string]: string;
  };
  templates?: {
    [name: string]: string;
  };
  slots?: {
    time: string;
    days?: ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];
  }[];
  quietHours?: {
    from: string;
    to: string;
    days?: ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];
  }[];
  minGapMs?: number;
  auto?: {
    sourceId: string;
    urgencies: ('breaking' | 'normal' | 'evergreen')[];
  }[];
  altText?: 'optional' | 'required';
  fourEyes?: boolean;
  telling?: {
    mail?: string[];
    accounts?: string[];
    of?: (
      | 'failed'
      | 'unknown'
      | 'stale'
      | 'expiring'
      | 'disconnected'
      | 'held'
      | 'resumed'
      | 'source-failing'
      | 'correction'
      | 'webhook-disabled'
    )[];
    quietMs?: number;
  };
};

export type ImportReport = {
  dryRun: boolean;
  right: number;
  faulty: number;
  /** Rows that were there already, and are not written again. */
  there: number;
  rows: {
    /** From 1, without the header line. */
    row: number;
    /** You have imported this row within the last 24 hours: nothing is written. */
    isThere: boolean;
    /** In the order of its accounts: those it became before where it is there; else empty in a dry run. */
    postIds: string[];
    /** Why it waits in review, though it has a time; null where it does not. */
    reason: string | null;
    faults: {
      pointer: string;
      code: string;
      message: string;
    }[];
  }[];
};

export type Installation = {
  /** Of standfirst. */
  version: string;
  node: string;
  /** The newsroom’s IANA zone: what it said (`PUT /v1/newsroom`), else `STANDFIRST_TIME_ZONE`. */
  timeZone: string;
  /** Release of the time zone data, as in `2026a`. */
  zoneData: string;
  /** `postgres`: where `DATABASE_URL` says. */
  database: 'embedded' | 'postgres';
  /** `redis`: where `REDIS_URL` says; else in the database. */
  queue: 'redis' | 'postgres';
  /** What ranks the sentences of an article: the same version, the same summary. */
  engine: {
    name: string;
    version: string;
  };
  /** The language model that writes summaries and the version of what it is asked; null: none is loaded. */
  model: {
    name: string;
    version: string;
  } | null;
  /** Whether mail can leave: `STANDFIRST_SMTP_URL`. */
  hasMail: boolean;
  /** Where people and networks reach it: `STANDFIRST_PUBLIC_URL`. */
  publicUrl: string | null;
};

export type InvitedMember = {
  id: string;
  name: string;
  /** Null also for callers without users:manage. */
  email: string | null;
  role: 'viewer' | 'writer' | 'editor' | 'publisher' | 'admin';
  /** Null for callers without users:manage. */
  hasPassword: boolean | null;
  /** How many. Null for callers without users:manage. */
  passkeys: number | null;
  createdAt: string;
  /** First sign-in; null while the invitation is open. */
  joinedAt: string | null;
  seenAt: string | null;
  version: number;
  link: MemberLink;
};

export type Judgement = {
  passes: boolean;
  isUrgent: boolean;
  rule: string | null;
  /** Why it would be filtered. */
  detail: string | null;
};

export type MeasuredPart = {
  text: string;
  length: number;
  max: number;
  unit: string;
};

export type Media = {
  id: string;
  type: string;
  width: number;
  height: number;
  /** Bytes. */
  size: number;
  /** Offered where a post takes the image; what a post says of it stands in the post. */
  alt: string;
  /** Where it was fetched; null for one that was uploaded. */
  sourceUrl: string | null;
  articleId: string | null;
  /** Path of the image itself. */
  content: string;
  version: number;
  createdBy: string;
  createdAt: string;
};

export type MediaChange = {
  /** What the image shows, for those who cannot see it. */
  alt: string;
};

export type Member = {
  id: string;
  name: string;
  /** Null also for callers without users:manage. */
  email: string | null;
  role: 'viewer' | 'writer' | 'editor' | 'publisher' | 'admin';
  /** Null for callers without users:manage. */
  hasPassword: boolean | null;
  /** How many. Null for callers without users:manage. */
  passkeys: number | null;
  createdAt: string;
  /** First sign-in; null while the invitation is open. */
  joinedAt: string | null;
  seenAt: string | null;
  version: number;
};

export type MemberChange = {
  name?: string;
  email?: string | null;
  role?: 'viewer' | 'writer' | 'editor' | 'publisher' | 'admin';
};

export type MemberLink = {
  /** Below this installation’s address. Shown this once; null in a replay. */
  path: string | null;
  expiresAt: string;
};

export type Network = {
  id: string;
  name: string;
  /** How length is counted, the budget, hashtags, images: `domain/limits.ts`. */
  limits: {
    [name: string]: unknown;
  };
  powers: {
    [name: string]: unknown;
  };
  /** Ways to connect that can do less, by `kind` of the credentials: their name, and what holds instead. */
  lesserWays: {
    [name: string]: unknown;
  };
  /** Reaches nobody outside. */
  isSandbox: boolean;
  /** Millionths of a US dollar. */
  price: {
    post: number;
    postWithLink: number;
  };
  /** Where the network writes each rule down. */
  rules: {
    [name: string]: string;
  };
  /** JSON Schema of `credentials` of a new account. */
  credentials: {
    [name: string]: unknown;
  };
  /** JSON Schema of `app` of a new connection, where the network has a page of consent. */
  consent: {
    [name: string]: unknown;
  } | null;
};

export type NewAccount = {
  /** Id of a network, e.g. from `GET /v1/networks`. */
  network: string;
  /** How this installation calls it; default the network’s own handle. */
  name?: string;
  credentials?: {
    [name: string]: unknown;
  };
  /** What an editor decides: time zone, approval, hashtags, slots, quiet hours, gap, caps, images, and `unknown`. That is what becomes of a post whose answer was lost on a network that cannot be asked: `hold` (the default) waits for a person; `send-again` sends it once more by itself, and then it may be there twice. `repeatHours`: for how many hours the network refuses a text that went out on the account, where you have found another number than we know; 0: it does not. */
  settings?: {
    [name: string]: unknown;
  };
};

export type NewApiKey = {
  name: string;
  scopes: (
    | 'articles:read'
    | 'articles:write'
    | 'posts:read'
    | 'posts:write'
    | 'posts:approve'
    | 'posts:publish'
    | 'accounts:read'
    | 'accounts:manage'
    | 'media:read'
    | 'media:write'
    | 'sources:read'
    | 'sources:manage'
    | 'house-rules:read'
    | 'house-rules:manage'
    | 'events:read'
    | 'timeline:read'
    | 'metrics:read'
    | 'webhooks:manage'
    | 'notifications:manage'
    | 'users:read'
    | 'users:manage'
    | 'audit:read'
    | 'export:read'
    | 'api-keys:manage'
    | 'queues:read'
  )[];
  /** A test key reaches the sandbox network only. */
  isTest?: boolean;
  expiresAt?: string;
};

export type NewArticle = {
  /** Page to fetch; beside `text` or `html`, the address it stands at. */
  url?: string;
  /** The article as plain text. */
  text?: string;
  /** The article as an HTML page. */
  html?: string;
  /** Headline; wins over what the page says. */
  title?: string;
  section?: string;
  /** House tags, without `#`. */
  tags?: string[];
  lang?: string;
  /** Accounts to write posts for; default all connected. */
  accountIds?: string[];
  urgency?: 'breaking' | 'normal' | 'evergreen';
  /** No post of its story goes out before: the story is made with it. One that is there already is under it once the article was read, unless its own ends later; its posts move, so that takes the scope `posts:publish` too (403, or an article that is refused where only its page told which story it is). */
  embargoUntil?: string;
  /** A source of kind `push`: its rules, its cap and its defaults apply, and its log tells of the article. */
  sourceId?: string;
};

export type NewComment = {
  text: string;
};

export type NewConnection = {
  /** Id of a network that has a page of consent. */
  network: string;
  /** What your app is known by at the network. */
  app?: {
    [name: string]: unknown;
  };
  /** An account that is here already, to be connected anew: it must be that same one that says yes. */
  accountId?: string;
  /** Whether the account goes on where it was paused; else it stays paused until it is checked. */
  resume?: boolean;
};

export type NewCredentials = {
  /** All of them, as for a new account; none of the old ones is kept. */
  credentials: {
    [name: string]: unknown;
  };
  /** Whether the account goes on where it was paused; else it stays paused until it is checked. */
  resume?: boolean;
};

export type NewHold = {
  /** Everything, one network, one account, the posts of one story, one post, or every post that mentions a word or name. A word is looked for in all that a post says, without regard to capitals, accents and strokes of letters (`Łódź` is `Lodz`, `Æ` is `ae`, and `Müller` is `Muller` and `Mueller`), vowel signs, spaces, the dots of abbreviations, commas, colons, brackets, slashes, hyphens, quotation marks, `#`, `@` and what is not seen, in addresses also where it is percent-encoded, across the messages of a thread, with the first or last of several words at the other end (`Putin, Vladimir` is `Vladimir Putin`), and inside longer words too: `art` holds “party”. */
  scope: 'all' | 'network' | 'account' | 'word' | 'story' | 'post';
  /** The network’s, account’s, story’s or post’s id, or the word; not with `all`. */
  target?: string;
  /** Shown at every post that it holds. */
  reason: string;
};

export type NewMember = {
  name: string;
  email?: string | null;
  role: 'viewer' | 'writer' | 'editor' | 'publisher' | 'admin';
};

export type NewNotificationTest =
  | {
      mail: string[];
    }
  | {
      accountId: string;
    };

export type NewPasskey = {
  name?: string;
  credential: {
    id: string;
    rawId: string;
    type: 'public-key';
    response: {
      clientDataJSON: string;
      attestationObject: string;
      transports?: string[];
      [name: string]: unknown;
    };
    clientExtensionResults?: {
      [name: string]: unknown;
    };
    [name: string]: unknown;
  };
};

export type NewPost = {
  accountIds: string[];
  /** The whole text of a single message, exactly as it goes out. */
  text?: string;
  /** The messages in order; several are a thread. */
  parts?: {
    text: string;
    /** Images; left out of an edit, they stay as they are. */
    media?: {
      /** Id of an image of `/v1/media`, or an address that is fetched, resized and stripped when the post is approved or handed in with its time; of an import, when it goes out. */
      source: string;
      /** What the image shows, for those who cannot see it. Left out, what is said of the image of `/v1/media` stands; empty, nothing does. */
      alt?: string;
    }[];
    /** Link card; left out of an edit, it stays as it is. */
    card?: {
      url: string;
      title: string;
      description?: string;
      image?: {
        /** Id of an image of `/v1/media`, or an address. */
        url: string;
        alt?: string;
        /** Which part stays where the picture is cut to the shape of the network’s cards: 0 is its left or upper end, 1 the right or lower. Left out, it is sent whole. */
        focus?: {
          x: number;
          y: number;
        };
      } | null;
    } | null;
  }[];
  /** The story that it tells: the posts belong to it and to its newest article, and its embargo and holds are for them too. Left out, they belong to none. */
  storyId?: string;
  /** Put after the first text, or into a card, as each network does it, with the campaign parameters of the house; a text that leads there already stays as it is. */
  link?: string;
  lang?: string;
  urgency?: 'breaking' | 'normal' | 'evergreen';
  /** Past it the post is `stale`: told, never sent. Left out: 1 h (breaking), 12 h (normal) or 7 days (evergreen) after its time. */
  worthlessAfter?: string;
  /** A person has looked at the names that the house rules call sensitive. Left out, a key lets no such text out; whoever is signed in is that person. */
  confirmSensitive?: boolean;
  /** `now`, a time or `next-slot`: approved and sent then, which needs the scopes `posts:approve` and `posts:publish` too; sent by a key, a text with sensitive names waits in review all the same, and `reason` says so. `draft` (the default) and `review`: kept, not sent. */
  schedule?: ('now' | 'next-slot' | 'review' | 'draft') | ScheduleTime;
};

export type NewPreview = {
  /** Page to fetch; beside `text` or `html`, the address it stands at. */
  url?: string;
  /** The article as plain text. */
  text?: string;
  /** The article as an HTML page. */
  html?: string;
  /** Headline; wins over what the page says. */
  title?: string;
  section?: string;
  /** House tags, without `#`. */
  tags?: string[];
  lang?: string;
  /** Networks to write for; default all. */
  networks?: string[];
  hashtags?: 'smart' | 'headline';
};

export type NewRecurrence = {
  /** An approved post: its text comes again as it was approved. */
  postId: string;
  time: string;
  days?: ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];
  timeZone: string;
  endsAt?: string;
};

export type NewRuleTrial = {
  rules?: {
    include?: string[];
    exclude?: string[];
    sections?: string[];
    languages?: string[];
    minLength?: number | null;
    maxAgeHours?: number | null;
    urgentWords?: string[];
  };
};

export type NewSource = {
  /** `feed`: RSS, Atom, RDF or JSON Feed. `sitemap`: a news sitemap, an index of them, or a list of addresses as text. `urls`: the pages in `settings.urls`. `push`: articles come through `POST /v1/articles`. */
  kind: 'feed' | 'sitemap' | 'urls' | 'push';
  /** Address of the feed or sitemap; not with `urls` and `push`. */
  url?: string;
  /** Default: its own title. */
  name?: string;
  settings?: {
    intervalMs?: number;
    maxPerHour?: number;
    text?: 'page' | 'feed';
    urls?: string[];
    accountIds?: string[] | null;
    urgency?: 'breaking' | 'normal' | 'evergreen';
    section?: string | null;
    lang?: string | null;
    tags?: string[];
    rules?: {
      include?: string[];
      exclude?: string[];
      sections?: string[];
      languages?: string[];
      minLength?: number | null;
      maxAgeHours?: number | null;
      urgentWords?: string[];
    };
  };
};

export type NewSourceImport = {
  /** The OPML file's text; at most 1,000 feeds. */
  opml: string;
  /** For every feed that is added. */
  settings?: {
    intervalMs?: number;
    maxPerHour?: number;
    text?: 'page' | 'feed';
    urls?: string[];
    accountIds?: string[] | null;
    urgency?: 'breaking' | 'normal' | 'evergreen';
    section?: string | null;
    lang?: string | null;
    tags?: string[];
    rules?: {
      include?: string[];
      exclude?: string[];
      sections?: string[];
      languages?: string[];
      minLength?: number | null;
      maxAgeHours?: number | null;
      urgentWords?: string[];
    };
  };
};

export type NewSourcePreview = {
  /** `feed`: RSS, Atom, RDF or JSON Feed. `sitemap`: a news sitemap, an index of them, or a list of addresses as text. `urls`: the pages in `settings.urls`. `push`: articles come through `POST /v1/articles`. */
  kind: 'feed' | 'sitemap' | 'urls' | 'push';
  /** Address of the feed or sitemap; not with `urls` and `push`. */
  url?: string;
  settings?: {
    intervalMs?: number;
    maxPerHour?: number;
    text?: 'page' | 'feed';
    urls?: string[];
    accountIds?: string[] | null;
    urgency?: 'breaking' | 'normal' | 'evergreen';
    section?: string | null;
    lang?: string | null;
    tags?: string[];
    rules?: {
      include?: string[];
      exclude?: string[];
      sections?: string[];
      languages?: string[];
      minLength?: number | null;
      maxAgeHours?: number | null;
      urgentWords?: string[];
    };
  };
};

export type NewWebhook = {
  url: string;
  events: (
    | 'article.ingested'
    | 'story.ready'
    | 'post.approved'
    | 'post.scheduled'
    | 'post.published'
    | 'post.failed'
    | 'post.late'
    | 'post.stale'
    | 'post.unknown'
    | 'account.expiring'
    | 'account.disconnected'
    | 'source.failing'
    | 'correction.raised'
    | 'correction.done'
    | 'publishing.held'
    | 'publishing.resumed'
  )[];
};

export type Newsroom = {
  /** How the newsroom calls itself; null: it has not said. */
  name: string | null;
  /** Its IANA zone; null: `usualTimeZone`. */
  timeZone: string | null;
  /** Where nothing was said: `STANDFIRST_TIME_ZONE`, or else the zone of the machine. */
  usualTimeZone: string;
  /** 0 where nobody has said anything. Also the `ETag`. */
  version: number;
};

export type NotificationTest = {
  /** `unknown`: sent, but the answer was lost. */
  outcome: 'delivered' | 'unknown' | 'refused';
  /** Why it was refused, in one sentence. */
  detail: string | null;
};

export type Outlook = {
  /** When it was asked; the first of the 24 hours begins here. */
  at: string;
  backlog: {
    /** Posts whose time has come and that have not gone. */
    due: number;
    /** When the oldest of them was due. */
    oldestDueAt: string | null;
    /** Posts that wait for a time to come. */
    delayed: number;
    /** Posts that a worker is sending right now. */
    active: number;
  };
  accounts: {
    accountId: string;
    /** Most posts in any 60 minutes; null: any number. */
    hourlyCap: number | null;
    /** Least time between two posts, its own or the house’s. */
    minGapMs: number;
    sentLastHour: number;
    /** Posts of the next 24 hours. */
    planned: number;
    /** When the last of them goes out at that pace; null: there is none. */
    lastAt: string | null;
    /** The most that one of them is late because of the pace. */
    worstMs: number;
    /** Posts of each of the 24 hours; what is overdue is in the first. */
    hours: number[];
  }[];
};

export type Passkey = {
  id: string;
  name: string;
  createdAt: string;
  usedAt: string | null;
};

export type PasswordChange = {
  /** Needed where there is a password. */
  current?: string;
  password: string;
};

export type Post = {
  id: string;
  accountId: string;
  network: string;
  storyId: string | null;
  articleId: string | null;
  state:
    | 'draft'
    | 'in_review'
    | 'approved'
    | 'scheduled'
    | 'publishing'
    | 'published'
    | 'failed'
    | 'unknown'
    | 'stale'
    | 'cancelled'
    | 'superseded';
  /** A hold matches: it does not go out until the hold is lifted. */
  held: boolean;
  /** The holds that match: who placed each, and why. */
  heldBy: {
    id: string;
    scope: string;
    target: string | null;
    reason: string;
    placedBy: string;
    /** What that member or key is called. */
    placedByName: string | null;
    placedAt: string;
  }[];
  /** What you may do with it in this state, on this network, by your role or the scopes of your key; under four eyes nobody may approve their own words. To give a time with an approval asks for `posts:publish` too. */
  can: (
    | 'edit'
    | 'submit'
    | 'approve'
    | 'requestChanges'
    | 'reject'
    | 'schedule'
    | 'unschedule'
    | 'publishNow'
    | 'cancel'
    | 'retry'
    | 'checkOnNetwork'
    | 'markPublished'
    | 'sendAgain'
    | 'setWorth'
    | 'hold'
    | 'correct'
    | 'remove'
  )[];
  /** The house wants four eyes, and the words are yours: somebody else has to approve them. */
  needsAnother: boolean;
  urgency: 'breaking' | 'normal' | 'evergreen';
  /** Send it back as `If-Match: "<version>"`. */
  version: number;
  revision: number;
  parts: {
    text: string;
    media: {
      source: string;
      alt: string;
    }[];
    card: {
      url: string;
      title: string;
      description: string;
      image: {
        url: string;
        alt: string;
        focus?: {
          x: number;
          y: number;
        };
      } | null;
    } | null;
  }[];
  link: string | null;
  tags: string[];
  lang: string;
  /** Of the text as it stands, which an approval binds: send it with `approve`. */
  hash: string;
  /** What the network charges for it, in millionths of a US dollar. */
  costMicroUsd: number;
  dueAt: string | null;
  /** When the next try is made: `dueAt`, or later. */
  wakeAt: string | null;
  /** Past it, it is told as `stale` and never sent. */
  staleAt: string | null;
  /** As somebody said it; null: a while after `dueAt`, by urgency. */
  worthlessAfter: string | null;
  /** The approval’s latest time. */
  approvedUntil: string | null;
  /** What it comes from, where it comes again and again. */
  recurrenceId: string | null;
  tries: number;
  failure: Failure | null;
  publishedAt: string | null;
  /** Which of its parts are on the network now, counted from 0: of a thread that was cut, some. */
  partsOnline: number[];
  /** When it was taken off its network again. */
  removedAt: string | null;
  latenessMs: number | null;
  /** Where it can be seen. */
  url: string | null;
  reason: string | null;
  approvedBy: string | null;
  approvedAt: string | null;
  createdBy: string | null;
  createdAt: string;
  updatedAt: string;
};

export type PostChange = {
  /** The whole text of a single message, exactly as it goes out. */
  text?: string;
  /** The messages in order; several are a thread. */
  parts?: {
    text: string;
    /** Images; left out of an edit, they stay as they are. */
    media?: {
      /** Id of an image of `/v1/media`, or an address that is fetched, resized and stripped when the post is approved or handed in with its time; of an import, when it goes out. */
      source: string;
      /** What the image shows, for those who cannot see it. Left out, what is said of the image of `/v1/media` stands; empty, nothing does. */
      alt?: string;
    }[];
    /** Link card; left out of an edit, it stays as it is. */
    card?: {
      url: string;
      title: string;
      description?: string;
      image?: {
        /** Id of an image of `/v1/media`, or an address. */
        url: string;
        alt?: string;
        /** Which part stays where the picture is cut to the shape of the network’s cards: 0 is its left or upper end, 1 the right or lower. Left out, it is sent whole. */
        focus?: {
          x: number;
          y: number;
        };
      } | null;
    } | null;
  }[];
  /** When it is worthless; null: by its urgency. Alone, it leaves text and approval as they are. */
  worthlessAfter?: string | null;
};

export type PostCorrection = {
  /** The whole text of a single message, exactly as it goes out. */
  text?: string;
  /** A person has looked at the names that the house rules call sensitive. Left out, a key lets no such text out; whoever is signed in is that person. */
  confirmSensitive?: boolean;
  /** One text for each message of the post, in order. */
  parts?: {
    text: string;
  }[];
};

export type PostDetail = {
  id: string;
  accountId: string;
  network: string;
  storyId: string | null;
  articleId: string | null;
  state:
    | 'draft'
    | 'in_review'
    | 'approved'
    | 'scheduled'
    | 'publishing'
    | 'published'
    | 'failed'
    | 'unknown'
    | 'stale'
    | 'cancelled'
    | 'superseded';
  /** A hold matches: it does not go out until the hold is lifted. */
  held: boolean;
  /** The holds that match: who placed each, and why. */
  heldBy: {
    id: string;
    scope: string;
    target: string | null;
    reason: string;
    placedBy: string;
    /** What that member or key is called. */
    placedByName: string | null;
    placedAt: string;
  }[];
  /** What you may do with it in this state, on this network, by your role or the scopes of your key; under four eyes nobody may approve their own words. To give a time with an approval asks for `posts:publish` too. */
  can: (
    | 'edit'
    | 'submit'
    | 'approve'
    | 'requestChanges'
    | 'reject'
    | 'schedule'
    | 'unschedule'
    | 'publishNow'
    | 'cancel'
    | 'retry'
    | 'checkOnNetwork'
    | 'markPublished'
    | 'sendAgain'
    | 'setWorth'
    | 'hold'
    | 'correct'
    | 'remove'
  )[];
  /** The house wants four eyes, and the words are yours: somebody else has to approve them. */
  needsAnother: boolean;
  urgency: 'breaking' | 'normal' | 'evergreen';
  /** Send it back as `If-Match: "<version>"`. */
  version: number;
  revision: number;
  parts: {
    text: string;
    media: {
      source: string;
      alt: string;
    }[];
    card: {
      url: string;
      title: string;
      description: string;
      image: {
        url: string;
        alt: string;
        focus?: {
          x: number;
          y: number;
        };
      } | null;
    } | null;
  }[];
  link: string | null;
  tags: string[];
  lang: string;
  /** Of the text as it stands, which an approval binds: send it with `approve`. */
  hash: string;
  /** What the network charges for it, in millionths of a US dollar. */
  costMicroUsd: number;
  dueAt: string | null;
  /** When the next try is made: `dueAt`, or later. */
  wakeAt: string | null;
  /** Past it, it is told as `stale` and never sent. */
  staleAt: string | null;
  /** As somebody said it; null: a while after `dueAt`, by urgency. */
  worthlessAfter: string | null;
  /** The approval’s latest time. */
  approvedUntil: string | null;
  /** What it comes from, where it comes again and again. */
  recurrenceId: string | null;
  tries: number;
  failure: Failure | null;
  publishedAt: string | null;
  /** Which of its parts are on the network now, counted from 0: of a thread that was cut, some. */
  partsOnline: number[];
  /** When it was taken off its network again. */
  removedAt: string | null;
  latenessMs: number | null;
  /** Where it can be seen. */
  url: string | null;
  reason: string | null;
  approvedBy: string | null;
  approvedAt: string | null;
  createdBy: string | null;
  createdAt: string;
  updatedAt: string;
  /** What of a post that is not out yet, its text or its link, went out on this account in the last 90 days. */
  repeats: {
    pointer: string;
    code: string;
    message: string;
  }[];
  /** What the network takes and a person should know: a link of a thread that is paid for more than once. */
  notices: {
    pointer: string;
    code: string;
    message: string;
  }[];
  /** The embargo that keeps it back past its time, from the moment it is known: of its story, or of one that it leads to or tells. Holds are in `heldBy`. */
  waits: {
    until: string;
    /** One sentence. */
    why: string;
  } | null;
  revisions: {
    n: number;
    parts: {
      text: string;
      media: {
        source: string;
        alt: string;
      }[];
      card: {
        url: string;
        title: string;
        description: string;
        image: {
          url: string;
          alt: string;
          focus?: {
            x: number;
            y: number;
          };
        } | null;
      } | null;
    }[];
    link: string | null;
    tags: string[];
    hash: string;
    author: string | null;
    createdAt: string;
  }[];
  attempts: {
    id: string;
    revision: number;
    part: number;
    n: number;
    phase: string;
    failure: Failure | null;
    remoteId: string | null;
    url: string | null;
    startedAt: string;
    sentAt: string | null;
    endedAt: string | null;
    checks: number;
    /** The trace that sent it, where traces go to a collector. */
    traceId: string | null;
  }[];
};

export type PostImport = {
  /** Each as the body of `POST /v1/posts`; accounts by id, or by a name that only one has. */
  rows?: unknown[];
  /** CSV with a header line that names some of accounts, text, link, schedule, timeZone, urgency, lang, worthlessAfter. Several accounts are parted by semicolons; `schedule` is now, next-slot, review, draft, an instant, or a local time beside timeZone. */
  csv?: string;
  /** Write nothing, and report every row. */
  dryRun?: boolean;
  /** Also write rows that you have imported within the last 24 hours: each makes new posts. */
  again?: boolean;
};

export type PostTimes = {
  /** The zone that its slots, quiet hours and days are in. */
  timeZone: string;
  slots: {
    at: string;
    taken: boolean;
  }[];
  /** Where it may not go out; any other time is free. A strict time inside one of these is refused. */
  barred: {
    /** What speaks against it. */
    by: 'past' | 'embargo' | 'worthless' | 'approval-ended' | 'quiet-hours' | 'gap' | 'hourly-cap' | 'daily-cap';
    from: string;
    /** The first instant after it. */
    to: string;
  }[];
};

export type Preview = {
  article: {
    title: string;
    lang: string;
    url: string | null;
    section: string | null;
    text: string;
  };
  summary: Summary;
  posts: {
    network: string;
    parts: MeasuredPart[];
    tags: string[];
    /** With the house’s campaign parameters. */
    link: string | null;
    /** What the house rules did to it, a sentence each. */
    applied: string[];
    /** What of it went out on an account of this network in the last 90 days, a sentence each. */
    repeats: string[];
    /** What the network charges, in millionths of a US dollar. */
    costMicroUsd: number;
  }[];
};

export type Problem = {
  /** Path of a page that explains this kind of problem, e.g. `/problems/invalid`. */
  type: string;
  title: string;
  status: number;
  /** One sentence: what was wrong and what to do. */
  detail: string;
  /** Path of the request. */
  instance: string;
  /** Also in the `X-Request-Id` header and in the log. */
  requestId: string;
  /** Every fault of the request, not only the first. */
  errors?: {
    /** JSON pointer into the body; `?name` for a query parameter. */
    pointer: string;
    code: string;
    message: string;
  }[];
  [name: string]: unknown;
};

export type Promoted = {
  articleId: string;
  href: string;
};

export type Recurrence = {
  id: string;
  postId: string;
  accountId: string;
  time: string;
  days: ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];
  timeZone: string;
  /** The next time that has no post yet; posts are made a day ahead. */
  nextAt: string;
  endsAt: string | null;
  createdBy: string;
  createdAt: string;
};

export type Rehearsal = {
  /** What the network would refuse at its time, or now; empty where it would take the post. */
  faults: {
    pointer: string;
    code: string;
    message: string;
  }[];
  /** What of it, its text or its link, went out on this account in the last 90 days. */
  repeats: {
    pointer: string;
    code: string;
    message: string;
  }[];
  /** What the network takes and a person should know: a link of a thread that is paid for more than once. */
  notices: {
    pointer: string;
    code: string;
    message: string;
  }[];
  parts: {
    /** What is fixed before anything is sent, where the network has that: a record, a signed event. */
    prepared: unknown;
    /** In order, up to the first whose answer decides on the next. Pictures are left out. */
    requests: {
      method: string;
      url: string;
      body: unknown;
    }[];
  }[];
};

export type Retention = {
  /** Everything that is forgotten at some age. Posts, their texts, receipts and the audit are kept for good. */
  ages: {
    what:
      | 'html'
      | 'events'
      | 'attempts'
      | 'decisions'
      | 'idempotency-keys'
      | 'audit-values'
      | 'deliveries'
      | 'images'
      | 'sandbox';
    /** What is older is forgotten, four times a day. */
    days: number;
    /** Days where nobody has decided anything. */
    usual: number;
    /** Set by the operator with `STANDFIRST_RETENTION`, and changed there only. */
    isFixed: boolean;
  }[];
  /** 0 where nobody has decided anything. Also the `ETag`. */
  version: number;
};

export type RoleMatrix = {
  roles: {
    role: 'viewer' | 'writer' | 'editor' | 'publisher' | 'admin';
    /** What the role may do. */
    scopes: (
      | 'articles:read'
      | 'articles:write'
      | 'posts:read'
      | 'posts:write'
      | 'posts:approve'
      | 'posts:publish'
      | 'accounts:read'
      | 'accounts:manage'
      | 'media:read'
      | 'media:write'
      | 'sources:read'
      | 'sources:manage'
      | 'house-rules:read'
      | 'house-rules:manage'
      | 'events:read'
      | 'timeline:read'
      | 'metrics:read'
      | 'webhooks:manage'
      | 'notifications:manage'
      | 'users:read'
      | 'users:manage'
      | 'audit:read'
      | 'export:read'
      | 'api-keys:manage'
      | 'queues:read'
    )[];
  }[];
};

export type Rotation = {
  /** How long the old secret signs too. */
  overlapHours?: number;
} | null;

export type RuleTrial = {
  matched: number;
  of: number;
  items: {
    decision: Decision;
    judgement: Judgement;
  }[];
};

export type ScheduleTime = {
  /** Instant with `Z` or an offset. */
  at?: string;
  /** Time on the clock in `timeZone`, without an offset. */
  wallTime?: string;
  /** IANA time zone, e.g. `Europe/Bucharest`. */
  timeZone?: string;
  /** Which of the two, where the clock shows `wallTime` twice. */
  disambiguation?: 'earlier' | 'later';
  /** As soon as a worker is free. */
  now?: true;
  /** Beside `at` or `wallTime`: refuse it (409) where quiet hours, the gap, a cap, an embargo or the end of its worth speak against it. Left out, a person’s time is taken as it is. */
  strict?: boolean;
  /** The account’s next free slot. */
  nextSlot?: true;
  /** Beside `nextSlot`: the next one from this instant on. */
  notBefore?: string;
};

export type Session = {
  member: {
    id: string;
    name: string;
    role: 'viewer' | 'writer' | 'editor' | 'publisher' | 'admin';
  } | null;
  apiKey: {
    id: string;
    name: string;
  } | null;
  /** Whether the member has a password or a passkey to sign in with again. */
  canReturn: boolean;
  /** What the caller may do. */
  scopes: (
    | 'articles:read'
    | 'articles:write'
    | 'posts:read'
    | 'posts:write'
    | 'posts:approve'
    | 'posts:publish'
    | 'accounts:read'
    | 'accounts:manage'
    | 'media:read'
    | 'media:write'
    | 'sources:read'
    | 'sources:manage'
    | 'house-rules:read'
    | 'house-rules:manage'
    | 'events:read'
    | 'timeline:read'
    | 'metrics:read'
    | 'webhooks:manage'
    | 'notifications:manage'
    | 'users:read'
    | 'users:manage'
    | 'audit:read'
    | 'export:read'
    | 'api-keys:manage'
    | 'queues:read'
  )[];
  expiresAt: string | null;
  /** The newsroom’s name, where it has said one. */
  newsroom: string | null;
  /** The newsroom’s IANA zone. */
  timeZone: string;
  /** The server’s clock. */
  now: string;
};

export type SessionItem = {
  id: string;
  isCurrent: boolean;
  ip: string | null;
  userAgent: string | null;
  createdAt: string;
  seenAt: string;
  expiresAt: string;
};

export type Share = {
  id: string;
  storyId: string;
  createdBy: string;
  createdAt: string;
  expiresAt: string;
};

export type SlotPlan = {
  /** The zone that its slots, quiet hours and days are in. */
  timeZone: string;
  slots: {
    at: string;
    taken: boolean;
  }[];
  quiet: {
    from: string;
    to: string;
  }[];
  /** Every day of its calendar that the stretch touches, whole. */
  days: {
    date: string;
    from: string;
    to: string;
    /** Posts that are scheduled, on their way, in doubt or out. */
    planned: number;
    /** How many its slots, or else its gap and caps, let out outside quiet hours; null: any number. */
    capacity: number | null;
  }[];
  /** The next free slot from `from`, or from now where that is later. */
  nextFree: string | null;
};

export type Source = {
  id: string;
  kind: 'feed' | 'sitemap' | 'urls' | 'push';
  name: string;
  /** Whole for those who may manage sources; else host and path, and `…` for what may be a key. */
  url: string | null;
  state: 'active' | 'paused';
  /** Why it is paused. */
  reason: string | null;
  settings: {
    intervalMs: number;
    maxPerHour: number;
    text: 'page' | 'feed';
    urls: string[];
    accountIds: string[] | null;
    urgency: 'breaking' | 'normal' | 'evergreen';
    section: string | null;
    lang: string | null;
    tags: string[];
    rules: {
      include: string[];
      exclude: string[];
      sections: string[];
      languages: string[];
      minLength: number | null;
      maxAgeHours: number | null;
      urgentWords: string[];
    };
  };
  lastPollAt: string | null;
  nextPollAt: string | null;
  /** Of the last poll; null where nobody answered. */
  httpStatus: number | null;
  /** Why the last poll failed, in one sentence. */
  problem: string | null;
  /** What to know although all went well. */
  note: string | null;
  /** Polls in a row that failed. */
  failures: number;
  failingSince: string | null;
  polls: number;
  /** Polls that the server answered with 304: nothing was sent. */
  unchanged: number;
  /** Its subscription at a hub (WebSub). */
  hub: ('asked' | 'active' | 'denied') | null;
  /** The last 14 days in UTC, the oldest first. */
  days: {
    day: string;
    items: number;
    accepted: number;
  }[];
  /** From when the feed says that an article came out to when it was on the desk; median of a week. */
  medianDelayMs: number | null;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type SourceChange = {
  name?: string;
  url?: string;
  settings?: {
    [name: string]: unknown;
  };
};

export type SourceImport = {
  added: number;
  feeds: {
    url: string;
    title: string;
    result: 'added' | 'known' | 'refused';
    sourceId: string | null;
    /** Why it was not added. */
    detail: string | null;
  }[];
};

export type SourcePreview = {
  title: string | null;
  itemCount: number;
  /** It offers to tell us when it changes (WebSub). */
  hasHub: boolean;
  note: string | null;
  items: {
    title: string;
    url: string | null;
    teaser: string | null;
    publishedAt: string | null;
    sections: string[];
    judgement: Judgement;
  }[];
};

export type StoredHouseRules = {
  rules: {
    hashtags: {
      always: string[];
      never: string[];
      aliases: {
        [name: string]: string;
      };
      sensitive: string[];
    };
    utm: {
      [name: string]: {
        source?: string;
        medium?: string;
        campaign?: string;
        term?: string;
        content?: string;
      };
    };
    signatures: {
      [name: string]: string;
    };
    templates: {
      [name: string]: string;
    };
    slots: {
      time: string;
      days: ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];
    }[];
    quietHours: {
      from: string;
      to: string;
      days: ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];
    }[];
    minGapMs: number;
    auto: {
      sourceId: string;
      urgencies: ('breaking' | 'normal' | 'evergreen')[];
    }[];
    altText: 'optional' | 'required';
    fourEyes: boolean;
    telling: {
      mail: string[];
      accounts: string[];
      of: (
        | 'failed'
        | 'unknown'
        | 'stale'
        | 'expiring'
        | 'disconnected'
        | 'held'
        | 'resumed'
        | 'source-failing'
        | 'correction'
        | 'webhook-disabled'
      )[];
      quietMs: number;
    };
  };
  /** 0 where nobody has decided anything. Also the `ETag`. */
  version: number;
  changedBy: string | null;
  changedAt: string | null;
};

export type Story = {
  id: string;
  title: string;
  canonicalUrl: string | null;
  urgency: 'breaking' | 'normal' | 'evergreen';
  /** No post of the story goes out before. */
  embargoUntil: string | null;
  /** The text that its posts follow; null: as written from the article. */
  master: string | null;
  /** Send it back as `If-Match` with the next master text. */
  masterVersion: number;
  /** What its links say as `utm_…` instead of the house’s: null leaves a parameter out, one that is absent is as in the house. Null: all are. */
  utm: {
    source?: string | null;
    medium?: string | null;
    campaign?: string | null;
    term?: string | null;
    content?: string | null;
  } | null;
  createdAt: string;
};

export type StoryChange = {
  /** Null lifts it. */
  embargoUntil?: string | null;
  urgency?: 'breaking' | 'normal' | 'evergreen';
  /** The whole of it; null: as in the house. Posts that can still change get the new link, and wait for approval again. */
  utm?: {
    source?: string | null;
    medium?: string | null;
    campaign?: string | null;
    term?: string | null;
    content?: string | null;
  } | null;
  /** What `utm` was when you read it: refused with 412 where somebody has changed it since. Left out, it is not compared. */
  utmSeen?: {
    source?: string | null;
    medium?: string | null;
    campaign?: string | null;
    term?: string | null;
    content?: string | null;
  } | null;
};

export type StoryItem = {
  id: string;
  title: string;
  canonicalUrl: string | null;
  urgency: 'breaking' | 'normal' | 'evergreen';
  /** No post of the story goes out before. */
  embargoUntil: string | null;
  /** The text that its posts follow; null: as written from the article. */
  master: string | null;
  /** Send it back as `If-Match` with the next master text. */
  masterVersion: number;
  /** What its links say as `utm_…` instead of the house’s: null leaves a parameter out, one that is absent is as in the house. Null: all are. */
  utm: {
    source?: string | null;
    medium?: string | null;
    campaign?: string | null;
    term?: string | null;
    content?: string | null;
  } | null;
  createdAt: string;
  /** Its newest article. */
  articleId: string | null;
  /** How many times its article was revised, from 1; 0 where none was read. */
  revision: number;
  /** Articles that told the same and were not posted. */
  copies: number;
  /** How many of its posts are in which state. */
  posts: {
    [name: string]: number;
  };
};

export type Summary = {
  engine: string;
  version: string;
  lang: string;
  sentences: {
    index: number;
    text: string;
    start: number;
    end: number;
    score: number;
    rank: number | null;
    reasons: {
      name: string;
      points: number;
      detail?: string;
    }[];
  }[];
  hashtags: {
    tag: string;
    phrase: string;
    origin: string;
    score: number;
    kept: boolean;
    reasons: {
      name: string;
      points: number;
      detail?: string;
    }[];
  }[];
};

export type TeamRules = {
  /** Nobody approves a text whose latest revision is their own. */
  fourEyes: boolean;
};

export type TeamRulesChange = {
  fourEyes: boolean;
};

export type TimelineItem = {
  id: string;
  accountId: string;
  text: string;
  card: {
    [name: string]: unknown;
  } | null;
  replyTo: string | null;
  createdAt: string;
};

export type Webhook = {
  id: string;
  url: string;
  events: string[];
  /** `paused`: what happens meanwhile is delivered once it is active again, unless that is longer than deliveries are kept. `disabled`: by itself, after 5 days of failure or an answer 410; it is told nothing of what happens meanwhile. */
  state: 'active' | 'paused' | 'disabled' | 'removed';
  /** Why it was disabled, or paused by a restore. */
  problem: string | null;
  failingSince: string | null;
  /** Until then the secret before the last rotation signs too. */
  oldSecretUntil: string | null;
  version: number;
  createdBy: string;
  createdAt: string;
};

export type WebhookChange = {
  url?: string;
  events?: (
    | 'article.ingested'
    | 'story.ready'
    | 'post.approved'
    | 'post.scheduled'
    | 'post.published'
    | 'post.failed'
    | 'post.late'
    | 'post.stale'
    | 'post.unknown'
    | 'account.expiring'
    | 'account.disconnected'
    | 'source.failing'
    | 'correction.raised'
    | 'correction.done'
    | 'publishing.held'
    | 'publishing.resumed'
  )[];
  /** `true` also brings back one that was disabled. */
  isActive?: boolean;
};

export type WebhookWithSecret = {
  id: string;
  url: string;
  events: string[];
  /** `paused`: what happens meanwhile is delivered once it is active again, unless that is longer than deliveries are kept. `disabled`: by itself, after 5 days of failure or an answer 410; it is told nothing of what happens meanwhile. */
  state: 'active' | 'paused' | 'disabled' | 'removed';
  /** Why it was disabled, or paused by a restore. */
  problem: string | null;
  failingSince: string | null;
  /** Until then the secret before the last rotation signs too. */
  oldSecretUntil: string | null;
  version: number;
  createdBy: string;
  createdAt: string;
  /** `whsec_…`, shown this once. */
  secret: string | null;
};

export type Worker = {
  id: string;
  version: string;
  host: string;
  pid: number;
  /** Posts that it sends at a time to one server; null: older than this figure. */
  concurrency: number | null;
  /** What its process holds of the memory. */
  memoryBytes: number | null;
  startedAt: string;
  seenAt: string;
  /** It has not stopped, and was heard of within the last seconds. */
  isAlive: boolean;
  /** Posts that it is sending right now. */
  publishingCount: number;
  /** The first of them. */
  publishing: {
    postId: string;
    accountId: string;
  }[];
};

/** Every operation of the API. A list answers one page; `each` walks them all. */
export class Api extends Transport {
  /** Who is asking. */
  getSession(input: Common = {}): Promise<Session> {
    return this.send('GET', '/v1/session', 'json', input) as Promise<Session>;
  }

  /** Sign out. */
  endSession(input: Writes = {}): Promise<void> {
    return this.send('DELETE', '/v1/session', 'nothing', input) as Promise<void>;
  }

  /** Where you are signed in, newest first. */
  listSessions(
    input: {
      query?: {
        /** Where to go on: `nextCursor` of the page before. */
        cursor?: string;
        /** Most items on the page. */
        limit?: number;
      };
    } & Common = {},
  ): Promise<{
    data: SessionItem[];
    nextCursor: string | null;
  }> {
    return this.send('GET', '/v1/sessions', 'json', input) as Promise<{
      data: SessionItem[];
      nextCursor: string | null;
    }>;
  }

  /** Sign out everywhere else. */
  endOtherSessions(input: Writes = {}): Promise<{
    ended: number;
  }> {
    return this.send('DELETE', '/v1/sessions', 'json', input) as Promise<{
      ended: number;
    }>;
  }

  /** Sign out in one other place. */
  endOneSession(input: { id: string } & Writes): Promise<void> {
    return this.send('DELETE', '/v1/sessions/{id}', 'nothing', input) as Promise<void>;
  }

  /** Set a new password; you stay signed in here and nowhere else. */
  setPassword(input: { body: PasswordChange } & Writes): Promise<void> {
    return this.send('PUT', '/v1/session/password', 'nothing', input) as Promise<void>;
  }

  /** Your passkeys. */
  listPasskeys(input: Common = {}): Promise<{
    data: Passkey[];
  }> {
    return this.send('GET', '/v1/session/passkeys', 'json', input) as Promise<{
      data: Passkey[];
    }>;
  }

  /** Keep the passkey that the browser has made. */
  addPasskey(input: { body: NewPasskey } & Writes): Promise<{
    data: Passkey[];
  }> {
    return this.send('POST', '/v1/session/passkeys', 'json', input) as Promise<{
      data: Passkey[];
    }>;
  }

  /** What the browser needs to make a passkey. */
  beginPasskey(input: { body?: Record<string, unknown> | null } & Writes = {}): Promise<{
    [name: string]: unknown;
  }> {
    return this.send('POST', '/v1/session/passkeys/options', 'json', input) as Promise<{
      [name: string]: unknown;
    }>;
  }

  /** Sign in with this passkey no more. */
  removePasskey(input: { id: string } & Writes): Promise<void> {
    return this.send('DELETE', '/v1/session/passkeys/{id}', 'nothing', input) as Promise<void>;
  }

  /** What each role may do, from least to most. Needs the scope `users:read`. */
  listRoles(input: Common = {}): Promise<RoleMatrix> {
    return this.send('GET', '/v1/roles', 'json', input) as Promise<RoleMatrix>;
  }

  /** Members of the team, in the order of their coming. Needs the scope `users:read`. */
  listUsers(
    input: {
      query?: {
        /** Where to go on: `nextCursor` of the page before. */
        cursor?: string;
        /** Most items on the page. */
        limit?: number;
      };
    } & Common = {},
  ): Promise<{
    data: Member[];
    nextCursor: string | null;
  }> {
    return this.send('GET', '/v1/users', 'json', input) as Promise<{
      data: Member[];
      nextCursor: string | null;
    }>;
  }

  /** Invite somebody; the link by which they come is shown this once. Needs the scope `users:manage`. */
  inviteUser(input: { body: NewMember } & Writes): Promise<InvitedMember> {
    return this.send('POST', '/v1/users', 'json', input) as Promise<InvitedMember>;
  }

  /** One member. Needs the scope `users:read`. */
  getUser(input: { id: string } & Common): Promise<Member> {
    return this.send('GET', '/v1/users/{id}', 'json', input) as Promise<Member>;
  }

  /** Name, address or role; sessions and keys have the new role with their next request. Needs the scope `users:manage`. */
  changeUser(input: { id: string; ifMatch: number; body: MemberChange } & Writes): Promise<Member> {
    return this.send('PATCH', '/v1/users/{id}', 'json', input) as Promise<Member>;
  }

  /** Remove a member for good: their sessions, links and API keys end at once. Needs the scope `users:manage`. */
  removeUser(input: { id: string; ifMatch?: number } & Writes): Promise<void> {
    return this.send('DELETE', '/v1/users/{id}', 'nothing', input) as Promise<void>;
  }

  /** A new link for a member: an invitation while they have not come, else one to set a new password. Needs the scope `users:manage`. */
  makeUserLink(input: { id: string; body?: Record<string, unknown> | null } & Writes): Promise<MemberLink> {
    return this.send('POST', '/v1/users/{id}/link', 'json', input) as Promise<MemberLink>;
  }

  /** The rules the team has given itself. Needs the scope `users:read`. */
  getTeamRules(input: Common = {}): Promise<TeamRules> {
    return this.send('GET', '/v1/team', 'json', input) as Promise<TeamRules>;
  }

  /** Four eyes: nobody approves their own words. Needs the scope `users:manage`. */
  changeTeamRules(input: { ifMatch: number; body: TeamRulesChange } & Writes): Promise<TeamRules> {
    return this.send('PATCH', '/v1/team', 'json', input) as Promise<TeamRules>;
  }

  /** Make an API key; its secret is shown this once. Needs the scope `api-keys:manage`. */
  createApiKey(input: { body: NewApiKey } & Writes): Promise<CreatedApiKey> {
    return this.send('POST', '/v1/api-keys', 'json', input) as Promise<CreatedApiKey>;
  }

  /** API keys, newest first, without their secrets. Needs the scope `api-keys:manage`. */
  listApiKeys(
    input: {
      query?: {
        /** Where to go on: `nextCursor` of the page before. */
        cursor?: string;
        /** Most items on the page. */
        limit?: number;
      };
    } & Common = {},
  ): Promise<{
    data: ApiKey[];
    nextCursor: string | null;
  }> {
    return this.send('GET', '/v1/api-keys', 'json', input) as Promise<{
      data: ApiKey[];
      nextCursor: string | null;
    }>;
  }

  /** Give an API key another secret; the old one is taken for a while more. Needs the scope `api-keys:manage`. */
  rotateApiKey(
    input: {
      id: string;
      body?: {
        /** How long the old secret is taken still. */
        overlapMinutes?: number;
      } | null;
    } & Writes,
  ): Promise<CreatedApiKey> {
    return this.send('POST', '/v1/api-keys/{id}/rotate', 'json', input) as Promise<CreatedApiKey>;
  }

  /** Revoke an API key for good. Needs the scope `api-keys:manage`. */
  revokeApiKey(input: { id: string } & Writes): Promise<void> {
    return this.send('DELETE', '/v1/api-keys/{id}', 'nothing', input) as Promise<void>;
  }

  /** Hand in an article: a URL, a text or HTML. Answers at once; the posts are written in the background. Look at `Location`, or listen to events. Needs the scope `articles:write`. */
  createArticle(input: { body: NewArticle } & Writes): Promise<AcceptedArticle> {
    return this.send('POST', '/v1/articles', 'json', input) as Promise<AcceptedArticle>;
  }

  /** Articles, newest first. Needs the scope `articles:read`. */
  listArticles(
    input: {
      query?: {
        /** Where to go on: `nextCursor` of the page before. */
        cursor?: string;
        /** Most items on the page. */
        limit?: number;
        /** Words to look for, in any language: "a phrase", or, -without; the last word may be unfinished. */
        q?: string;
        /** `pending` until it was fetched and read. */
        state?: 'pending' | 'ready' | 'refused';
      };
    } & Common = {},
  ): Promise<{
    data: ArticleItem[];
    nextCursor: string | null;
  }> {
    return this.send('GET', '/v1/articles', 'json', input) as Promise<{
      data: ArticleItem[];
      nextCursor: string | null;
    }>;
  }

  /** One article: what was read, its summary, what each step did. Needs the scope `articles:read`. */
  getArticle(input: { id: string } & Common): Promise<Article> {
    return this.send('GET', '/v1/articles/{id}', 'json', input) as Promise<Article>;
  }

  /** Read an article’s page again: one that could not be read, or one that may have changed. Answers with the article that is read now. What has changed is a new revision of its story. Needs the scope `articles:write`. */
  rereadArticle(input: { id: string; body?: Record<string, unknown> | null } & Writes): Promise<AcceptedArticle> {
    return this.send('POST', '/v1/articles/{id}/reread', 'json', input) as Promise<AcceptedArticle>;
  }

  /** Say that an article tells another story than the one that it may be a copy of. A person has compared the two (`possibleDuplicate`): an embargo of that story keeps the posts of this one back no longer. Does nothing where the article is like no story. Needs the scope `posts:publish`. */
  tellArticleApart(input: { id: string; body?: Record<string, unknown> | null } & Writes): Promise<Article> {
    return this.send('POST', '/v1/articles/{id}/tell-apart', 'json', input) as Promise<Article>;
  }

  /** What an article would become on each network; nothing is stored. Needs the scope `articles:write`. */
  createPreview(input: { body: NewPreview } & Writes): Promise<Preview> {
    return this.send('POST', '/v1/previews', 'json', input) as Promise<Preview>;
  }

  /** Queue a ready text to one or more accounts. One post per account, all or none. A time approves them, so it needs the scopes `posts:approve` and `posts:publish` too. Sent by a key, a text that names what the house rules call sensitive waits in review all the same, and its `reason` says so. Needs the scope `posts:write`. */
  createPosts(input: { body: NewPost } & Writes): Promise<CreatedPosts> {
    return this.send('POST', '/v1/posts', 'json', input) as Promise<CreatedPosts>;
  }

  /** Posts by words, state, account, article, story and time. Needs the scope `posts:read`. */
  listPosts(
    input: {
      query?: {
        /** Where to go on: `nextCursor` of the page before. */
        cursor?: string;
        /** Most items on the page. */
        limit?: number;
        /** Words to look for, in any language: "a phrase", or, -without; the last word may be unfinished. */
        q?: string;
        /** One or more states, comma-separated. */
        state?: string;
        /** Only posts for this account. */
        account?: string;
        /** Only posts that were written from this article. */
        article?: string;
        /** Only posts of this story. */
        story?: string;
        /** Only posts that were written from an article of this section. */
        section?: string;
        /** Only posts whose text is by this member or key, by its id; `line`: by the product itself. */
        author?: string;
        /** Only posts of which a try failed, or of which none did. */
        hadFailure?: string;
        /** Only posts whose time is not before this one. */
        dueAfter?: string;
        /** Only posts whose time is before this one. */
        dueBefore?: string;
        /** By which time; with `-` the latest first. */
        sort?: 'dueAt' | '-dueAt' | 'createdAt' | '-createdAt';
      };
    } & Common = {},
  ): Promise<{
    data: Post[];
    nextCursor: string | null;
  }> {
    return this.send('GET', '/v1/posts', 'json', input) as Promise<{
      data: Post[];
      nextCursor: string | null;
    }>;
  }

  /** One post with every text it had and every try at sending it. Needs the scope `posts:read`. */
  getPost(input: { id: string } & Common): Promise<PostDetail> {
    return this.send('GET', '/v1/posts/{id}', 'json', input) as Promise<PostDetail>;
  }

  /** New text: a new revision, back in review; or when it is worthless. Needs the scope `posts:write`. */
  editPost(input: { id: string; ifMatch: number; body: PostChange } & Writes): Promise<Post> {
    return this.send('PATCH', '/v1/posts/{id}', 'json', input) as Promise<Post>;
  }

  /** Send a draft to review. Needs the scope `posts:write`. */
  submitPost(input: { id: string; ifMatch?: number; body?: Record<string, unknown> | null } & Writes): Promise<Post> {
    return this.send('POST', '/v1/posts/{id}/submit', 'json', input) as Promise<Post>;
  }

  /** Approve the text as it stands. Needs the scope `posts:approve`. */
  approvePost(
    input: {
      id: string;
      ifMatch?: number;
      body?: {
        /** Also give it a time; needs `posts:publish`. Without one it has none, also where it had one before its text changed. */
        schedule?: ('now' | 'next-slot') | ScheduleTime;
        /** A person has looked at the names that the house rules call sensitive. Left out, a key lets no such text out; whoever is signed in is that person. */
        confirmSensitive?: boolean;
        /** Of the text that was seen, `hash` of the post: where it says something else by now, 412 and no approval. With neither this nor `If-Match`, what it says now is approved. */
        hash?: string;
        /** The latest time this approval is good for: past it the post is `stale`, until it is approved again. */
        until?: string;
      } | null;
    } & Writes,
  ): Promise<Post> {
    return this.send('POST', '/v1/posts/{id}/approve', 'json', input) as Promise<Post>;
  }

  /** Turn it down, with the reason. Needs the scope `posts:approve`. */
  rejectPost(
    input: {
      id: string;
      ifMatch?: number;
      body: {
        reason: string;
      };
    } & Writes,
  ): Promise<Post> {
    return this.send('POST', '/v1/posts/{id}/reject', 'json', input) as Promise<Post>;
  }

  /** Give it back to the writer, with a note. Needs the scope `posts:approve`. */
  requestChangesPost(
    input: {
      id: string;
      ifMatch?: number;
      body: {
        note: string;
      };
    } & Writes,
  ): Promise<Post> {
    return this.send('POST', '/v1/posts/{id}/request-changes', 'json', input) as Promise<Post>;
  }

  /** Write it anew from its article: a new text, back in review. Needs the scope `posts:write`. */
  rewritePost(
    input: {
      id: string;
      ifMatch?: number;
      body: {
        /** `shorter`; `other-sentence`: not what it says now; `other-angle`: what shares fewest words with it. */
        how: 'shorter' | 'other-sentence' | 'other-angle';
      };
    } & Writes,
  ): Promise<Post> {
    return this.send('POST', '/v1/posts/{id}/rewrite', 'json', input) as Promise<Post>;
  }

  /** Give an approved post its time. Needs the scope `posts:publish`. */
  schedulePost(input: { id: string; ifMatch?: number; body: ScheduleTime } & Writes): Promise<Post> {
    return this.send('POST', '/v1/posts/{id}/schedule', 'json', input) as Promise<Post>;
  }

  /** Take its time away; it stays approved. Needs the scope `posts:publish`. */
  unschedulePost(
    input: { id: string; ifMatch?: number; body?: Record<string, unknown> | null } & Writes,
  ): Promise<Post> {
    return this.send('POST', '/v1/posts/{id}/unschedule', 'json', input) as Promise<Post>;
  }

  /** Send an approved post now. Needs the scope `posts:publish`. */
  publishPost(input: { id: string; ifMatch?: number; body?: Record<string, unknown> | null } & Writes): Promise<Post> {
    return this.send('POST', '/v1/posts/{id}/publish', 'json', input) as Promise<Post>;
  }

  /** Do not send it. Needs the scope `posts:write`. */
  cancelPost(
    input: {
      id: string;
      ifMatch?: number;
      body?: {
        reason?: string;
      } | null;
    } & Writes,
  ): Promise<Post> {
    return this.send('POST', '/v1/posts/{id}/cancel', 'json', input) as Promise<Post>;
  }

  /** Hold it back: no request of it leaves later than a second after the answer. Needs the scope `posts:publish`. */
  holdPost(
    input: {
      id: string;
      ifMatch?: number;
      body: {
        /** Shown at the post, with who placed the hold. */
        reason: string;
      };
    } & Writes,
  ): Promise<Post> {
    return this.send('POST', '/v1/posts/{id}/hold', 'json', input) as Promise<Post>;
  }

  /** Lift the hold of this one post. Needs the scope `posts:publish`. */
  resumePost(
    input: {
      id: string;
      ifMatch?: number;
      body?: {
        /** `as-planned`: what came due meanwhile goes out now, by the account’s gap and caps; past its `staleAt` it is stale and not sent. `shift`: every post that had its time before the hold moves by as long as it lasted until this was first asked for, and further where quiet hours, the gap or a cap speak against that; one that waits for an embargo goes at its end, or at its own new time if that is later. What would be worthless by its new time is stale where it came due under the hold, and else keeps its time; what was given its time meanwhile keeps it too. Of thousands of posts this takes a while, and the hold stands until all have moved: where no answer comes, ask again, and it goes on without moving anything twice. `drop-stale`: what came due meanwhile is stale. */
        resume?: 'as-planned' | 'shift' | 'drop-stale';
      } | null;
    } & Writes,
  ): Promise<Post> {
    return this.send('POST', '/v1/posts/{id}/resume', 'json', input) as Promise<Post>;
  }

  /** Try a failed or stale post again. Needs the scope `posts:publish`. */
  retryPost(input: { id: string; ifMatch?: number; body?: Record<string, unknown> | null } & Writes): Promise<Post> {
    return this.send('POST', '/v1/posts/{id}/retry', 'json', input) as Promise<Post>;
  }

  /** Look on the network whether a post in doubt is there. Needs the scope `posts:publish`. */
  checkPost(input: { id: string; ifMatch?: number; body?: Record<string, unknown> | null } & Writes): Promise<Post> {
    return this.send('POST', '/v1/posts/{id}/check', 'json', input) as Promise<Post>;
  }

  /** A person has seen it on the network. Needs the scope `posts:publish`. */
  markPublishedPost(
    input: {
      id: string;
      ifMatch?: number;
      body?: {
        url?: string;
      } | null;
    } & Writes,
  ): Promise<Post> {
    return this.send('POST', '/v1/posts/{id}/mark-published', 'json', input) as Promise<Post>;
  }

  /** A person has seen that it is not there: send it again. Needs the scope `posts:publish`. */
  sendAgainPost(
    input: { id: string; ifMatch?: number; body?: Record<string, unknown> | null } & Writes,
  ): Promise<Post> {
    return this.send('POST', '/v1/posts/{id}/send-again', 'json', input) as Promise<Post>;
  }

  /** Change the text of a published post on its network. Needs the scope `posts:publish`. */
  correctPost(input: { id: string; ifMatch?: number; body: PostCorrection } & Writes): Promise<Post> {
    return this.send('POST', '/v1/posts/{id}/correct', 'json', input) as Promise<Post>;
  }

  /** Take a published post off its network, also while publishing is held. Needs the scope `posts:publish`. */
  removePost(
    input: {
      id: string;
      ifMatch?: number;
      body?: {
        reason?: string;
      } | null;
    } & Writes,
  ): Promise<Post> {
    return this.send('POST', '/v1/posts/{id}/remove', 'json', input) as Promise<Post>;
  }

  /** What a post would send, request by request; nothing is sent. Needs the scope `posts:write`. */
  dryRunPost(input: { id: string; body?: Record<string, unknown> | null } & Writes): Promise<Rehearsal> {
    return this.send('POST', '/v1/posts/{id}/dry-run', 'json', input) as Promise<Rehearsal>;
  }

  /** Do one thing to many posts. One after the other, in the order asked for, each by itself: what is refused is told beside what was done. A version refuses a post that somebody changed meanwhile. Needs the scope `posts:read`. */
  actOnPosts(input: { body: BulkAction } & Writes): Promise<BulkResult> {
    return this.send('POST', '/v1/post-actions', 'json', input) as Promise<BulkResult>;
  }

  /** Queue many ready texts at once, from JSON or CSV. All or none: one row that is not right, and none is written. With `dryRun` nothing is written and every row is reported. A row that the same caller has imported within 24 hours is told as there and not written again, so that a file may be sent twice. Needs the scope `posts:write`. */
  importPosts(input: { body: PostImport } & Writes): Promise<ImportReport> {
    return this.send('POST', '/v1/post-imports', 'json', input) as Promise<ImportReport>;
  }

  /** Every post that matches, as CSV or JSON lines. Needs the scope `export:read`. */
  exportPosts(
    input: {
      query?: {
        /** Words to look for, in any language: "a phrase", or, -without; the last word may be unfinished. */
        q?: string;
        /** One or more states, comma-separated. */
        state?: string;
        /** Only posts for this account. */
        account?: string;
        /** Only posts that were written from this article. */
        article?: string;
        /** Only posts of this story. */
        story?: string;
        /** Only posts that were written from an article of this section. */
        section?: string;
        /** Only posts whose text is by this member or key, by its id; `line`: by the product itself. */
        author?: string;
        /** Only posts of which a try failed, or of which none did. */
        hadFailure?: string;
        /** Only posts whose time is not before this one. */
        dueAfter?: string;
        /** Only posts whose time is before this one. */
        dueBefore?: string;
        /** `csv` for a spreadsheet, `jsonl` for a program. */
        format?: 'csv' | 'jsonl';
      };
    } & Common = {},
  ): Promise<string> {
    return this.send('GET', '/v1/exports/posts', 'text', input) as Promise<string>;
  }

  /** How many posts are due on each day or hour, and the first of each. Needs the scope `posts:read`. */
  getCalendar(
    input: {
      query: {
        /** Words to look for, in any language: "a phrase", or, -without; the last word may be unfinished. */
        q?: string;
        /** One or more states, comma-separated. */
        state?: string;
        /** Only posts for this account. */
        account?: string;
        /** Only posts that were written from this article. */
        article?: string;
        /** Only posts of this story. */
        story?: string;
        /** Only posts that were written from an article of this section. */
        section?: string;
        /** Only posts whose text is by this member or key, by its id; `line`: by the product itself. */
        author?: string;
        /** Only posts of which a try failed, or of which none did. */
        hadFailure?: string;
        /** The first day. */
        from: string;
        /** How many days, the first included. */
        days?: number;
        /** How the time is divided. */
        by?: 'day' | 'hour';
        /** Most posts of each stretch, the first by time; 0: only numbers. */
        most?: number;
        /** IANA time zone of its days; left out, the newsroom’s. */
        timeZone?: string;
      };
    } & Common,
  ): Promise<Calendar> {
    return this.send('GET', '/v1/calendar', 'json', input) as Promise<Calendar>;
  }

  /** Keep an image, to be used in posts by its id. A form with `file` and `alt`, or the bytes alone (`Content-Type: image/…`) with `?alt=`. It is decoded and encoded anew, so that nothing but pixels is kept. Needs the scope `media:write`. */
  addMedia(
    input: {
      query?: {
        /** What the image shows, for those who cannot see it. */
        alt?: string;
      };
      body: {
        /** JPEG, PNG, GIF, WebP or AVIF, at most 20 MB and 50 million pixels. */
        file: Blob;
        /** What the image shows, for those who cannot see it. */
        alt?: string;
      };
    } & Writes,
  ): Promise<Media> {
    return this.send('POST', '/v1/media', 'json', input, 'form') as Promise<Media>;
  }

  /** Images that are kept here, newest first. Needs the scope `media:read`. */
  listMedia(
    input: {
      query?: {
        /** Where to go on: `nextCursor` of the page before. */
        cursor?: string;
        /** Most items on the page. */
        limit?: number;
      };
    } & Common = {},
  ): Promise<{
    data: Media[];
    nextCursor: string | null;
  }> {
    return this.send('GET', '/v1/media', 'json', input) as Promise<{
      data: Media[];
      nextCursor: string | null;
    }>;
  }

  /** One image: its size and its description. Needs the scope `media:read`. */
  getMedia(input: { id: string } & Common): Promise<Media> {
    return this.send('GET', '/v1/media/{id}', 'json', input) as Promise<Media>;
  }

  /** Describe an image; posts that have it already keep their own words. Needs the scope `media:write`. */
  changeMedia(input: { id: string; ifMatch: number; body: MediaChange } & Writes): Promise<Media> {
    return this.send('PATCH', '/v1/media/{id}', 'json', input) as Promise<Media>;
  }

  /** Remove an image that no post needs any more. Needs the scope `media:write`. */
  removeMedia(input: { id: string; ifMatch?: number } & Writes): Promise<void> {
    return this.send('DELETE', '/v1/media/{id}', 'nothing', input) as Promise<void>;
  }

  /** The image itself. Needs the scope `media:read`. */
  getMediaContent(input: { id: string } & Common): Promise<Uint8Array> {
    return this.send('GET', '/v1/media/{id}/content', 'bytes', input) as Promise<Uint8Array>;
  }

  /** What the newsroom has decided for all its accounts. Needs the scope `house-rules:read`. */
  getHouseRules(input: Common = {}): Promise<StoredHouseRules> {
    return this.send('GET', '/v1/house-rules', 'json', input) as Promise<StoredHouseRules>;
  }

  /** Decide anew: the whole document; posts that are there already stay as they are. Needs the scope `house-rules:manage`. */
  putHouseRules(input: { ifMatch: number; body: HouseRules } & Writes): Promise<StoredHouseRules> {
    return this.send('PUT', '/v1/house-rules', 'json', input) as Promise<StoredHouseRules>;
  }

  /** Send a test message to mail addresses, or to a Slack, Discord or Telegram account, and say how it went. Needs the scope `notifications:manage`. */
  testNotification(input: { body: NewNotificationTest } & Writes): Promise<NotificationTest> {
    return this.send('POST', '/v1/notification-tests', 'json', input) as Promise<NotificationTest>;
  }

  /** Networks: their rules, and what an account on each must give. Needs the scope `accounts:read`. */
  listNetworks(input: Common = {}): Promise<{
    data: Network[];
  }> {
    return this.send('GET', '/v1/networks', 'json', input) as Promise<{
      data: Network[];
    }>;
  }

  /** Connected accounts. Needs the scope `accounts:read`. */
  listAccounts(
    input: {
      query?: {
        /** Where to go on: `nextCursor` of the page before. */
        cursor?: string;
        /** Most items on the page. */
        limit?: number;
        /** Id of a network. */
        network?: string;
        /** `signed-out`: the network takes its credentials no more. */
        state?: 'connected' | 'signed-out' | 'paused' | 'removed';
      };
    } & Common = {},
  ): Promise<{
    data: Account[];
    nextCursor: string | null;
  }> {
    return this.send('GET', '/v1/accounts', 'json', input) as Promise<{
      data: Account[];
      nextCursor: string | null;
    }>;
  }

  /** Connect an account; its credentials are tried on the network and kept encrypted. Needs the scope `accounts:manage`. */
  addAccount(input: { body: NewAccount } & Writes): Promise<Account> {
    return this.send('POST', '/v1/accounts', 'json', input) as Promise<Account>;
  }

  /** One account. Needs the scope `accounts:read`. */
  getAccount(input: { id: string } & Common): Promise<Account> {
    return this.send('GET', '/v1/accounts/{id}', 'json', input) as Promise<Account>;
  }

  /** Its name and settings: slots, quiet hours, gap, caps, zone, hashtags. Needs the scope `accounts:manage`. */
  changeAccount(input: { id: string; ifMatch: number; body: AccountChange } & Writes): Promise<Account> {
    return this.send('PATCH', '/v1/accounts/{id}', 'json', input) as Promise<Account>;
  }

  /** Remove an account for good; its credentials are wiped, what has not gone out is cancelled, its other posts stay as history. Needs the scope `accounts:manage`. */
  removeAccount(input: { id: string; ifMatch?: number } & Writes): Promise<void> {
    return this.send('DELETE', '/v1/accounts/{id}', 'nothing', input) as Promise<void>;
  }

  /** Reconnect an account with new credentials: they are tried on the network, and must be of the same account there. Needs the scope `accounts:manage`. */
  reconnectAccount(input: { id: string; body: NewCredentials } & Writes): Promise<Account> {
    return this.send('PUT', '/v1/accounts/{id}/credentials', 'json', input) as Promise<Account>;
  }

  /** Ask the network who is connected and what is missing. Needs the scope `accounts:manage`. */
  checkAccount(input: { id: string } & Writes): Promise<Account> {
    return this.send('POST', '/v1/accounts/{id}/check', 'json', input) as Promise<Account>;
  }

  /** Slots and quiet times of an account in a stretch of time of at most 62 days. Needs the scope `accounts:read`. */
  listSlots(
    input: {
      id: string;
      query: {
        /** Where the stretch of time begins. */
        from: string;
        /** Where it ends, at most 62 days later. */
        to: string;
      };
    } & Common,
  ): Promise<SlotPlan> {
    return this.send('GET', '/v1/accounts/{id}/slots', 'json', input) as Promise<SlotPlan>;
  }

  /** The same of every account, and how full its days are. Needs the scope `accounts:read`. */
  listSlotPlans(
    input: {
      query: {
        /** Where to go on: `nextCursor` of the page before. */
        cursor?: string;
        /** Most items on the page. */
        limit?: number;
        /** Where the stretch of time begins. */
        from: string;
        /** Where it ends, at most 62 days later. */
        to: string;
        /** Only this one. */
        account?: string;
      };
    } & Common,
  ): Promise<{
    data: AccountSlotPlan[];
    nextCursor: string | null;
  }> {
    return this.send('GET', '/v1/slots', 'json', input) as Promise<{
      data: AccountSlotPlan[];
      nextCursor: string | null;
    }>;
  }

  /** When a post may go out: free slots, and what speaks against other times, in at most 62 days. Needs the scope `posts:read`. */
  listPostTimes(
    input: {
      id: string;
      query: {
        /** Where the stretch of time begins. */
        from: string;
        /** Where it ends, at most 62 days later. */
        to: string;
        /** Posts, comma-separated, that are about to be moved with it: their present times count as free. */
        without?: string;
      };
    } & Common,
  ): Promise<PostTimes> {
    return this.send('GET', '/v1/posts/{id}/times', 'json', input) as Promise<PostTimes>;
  }

  /** Take articles from a feed, a sitemap, a list of pages, or what is pushed. It is read at once. What it has then is its baseline: nothing of it is posted. An address that leads to no such thing is refused; of one that does not answer now, `problem` says so. Needs the scope `sources:manage`. */
  addSource(input: { body: NewSource } & Writes): Promise<Source> {
    return this.send('POST', '/v1/sources', 'json', input) as Promise<Source>;
  }

  /** Sources: how each is doing and what it brought. Needs the scope `sources:read`. */
  listSources(
    input: {
      query?: {
        /** Where to go on: `nextCursor` of the page before. */
        cursor?: string;
        /** Most items on the page. */
        limit?: number;
        /** How it is read. */
        kind?: 'feed' | 'sitemap' | 'urls' | 'push';
        /** `failing`: the last poll failed. */
        state?: 'active' | 'paused' | 'failing';
      };
    } & Common = {},
  ): Promise<{
    data: Source[];
    nextCursor: string | null;
  }> {
    return this.send('GET', '/v1/sources', 'json', input) as Promise<{
      data: Source[];
      nextCursor: string | null;
    }>;
  }

  /** One source. Needs the scope `sources:read`. */
  getSource(input: { id: string } & Common): Promise<Source> {
    return this.send('GET', '/v1/sources/{id}', 'json', input) as Promise<Source>;
  }

  /** Its name, address, rules and other settings; a new address is read from a new baseline. Needs the scope `sources:manage`. */
  changeSource(input: { id: string; ifMatch: number; body: SourceChange } & Writes): Promise<Source> {
    return this.send('PATCH', '/v1/sources/{id}', 'json', input) as Promise<Source>;
  }

  /** Remove a source for good; its articles and its log stay as history. Needs the scope `sources:manage`. */
  removeSource(input: { id: string; ifMatch?: number } & Writes): Promise<void> {
    return this.send('DELETE', '/v1/sources/{id}', 'nothing', input) as Promise<void>;
  }

  /** Read it now. Answers at once; `lastPollAt` tells when it was read. Needs the scope `sources:manage`. */
  pollSource(input: { id: string; body?: Record<string, unknown> | null } & Writes): Promise<Source> {
    return this.send('POST', '/v1/sources/{id}/poll', 'json', input) as Promise<Source>;
  }

  /** Stop reading it until it is resumed. Needs the scope `sources:manage`. */
  pauseSource(
    input: {
      id: string;
      body?: {
        reason?: string;
      } | null;
    } & Writes,
  ): Promise<Source> {
    return this.send('POST', '/v1/sources/{id}/pause', 'json', input) as Promise<Source>;
  }

  /** Read it again, from now on. What came while it was paused is taken in as if it were new, by its rules and its cap. Needs the scope `sources:manage`. */
  resumeSource(input: { id: string; body?: Record<string, unknown> | null } & Writes): Promise<Source> {
    return this.send('POST', '/v1/sources/{id}/resume', 'json', input) as Promise<Source>;
  }

  /** What a source has now, and what its rules would make of it; nothing is stored. Needs the scope `sources:manage`. */
  previewSource(input: { body: NewSourcePreview } & Writes): Promise<SourcePreview> {
    return this.send('POST', '/v1/source-previews', 'json', input) as Promise<SourcePreview>;
  }

  /** What other rules would have made of the last 100 items; nothing is changed. Age is not judged: all of them have aged since. Needs the scope `sources:read`. */
  tryRules(input: { id: string; body: NewRuleTrial } & Writes): Promise<RuleTrial> {
    return this.send('POST', '/v1/sources/{id}/rule-trials', 'json', input) as Promise<RuleTrial>;
  }

  /** What was decided about each item of a source and why, the newest first. Needs the scope `sources:read`. */
  listDecisions(
    input: {
      id: string;
      query?: {
        /** Where to go on: `nextCursor` of the page before. */
        cursor?: string;
        /** Most items on the page. */
        limit?: number;
        /** What became of the item. */
        outcome?: 'accepted' | 'duplicate' | 'filtered' | 'refused' | 'baseline' | 'over-cap';
      };
    } & Common,
  ): Promise<{
    data: Decision[];
    nextCursor: string | null;
  }> {
    return this.send('GET', '/v1/sources/{id}/decisions', 'json', input) as Promise<{
      data: Decision[];
      nextCursor: string | null;
    }>;
  }

  /** Take an item in although it was skipped; try again to read one that could not be read. Needs the scope `articles:write`. */
  promoteItem(input: { id: string; body?: Record<string, unknown> | null } & Writes): Promise<Promoted> {
    return this.send('POST', '/v1/decisions/{id}/promote', 'json', input) as Promise<Promoted>;
  }

  /** Add every feed of an OPML file; those that are known stay as they are. Needs the scope `sources:manage`. */
  importSources(input: { body: NewSourceImport } & Writes): Promise<SourceImport> {
    return this.send('POST', '/v1/source-imports', 'json', input) as Promise<SourceImport>;
  }

  /** Every feed as OPML, for another reader. Addresses may hold a key: whoever may not manage sources gets host and path, and `…` for the rest. Needs the scope `sources:read`. */
  exportSources(input: Common = {}): Promise<string> {
    return this.send('GET', '/v1/sources.opml', 'text', input) as Promise<string>;
  }

  /** Stories, the newest first: one for all articles that tell the same. Needs the scope `articles:read`. */
  listStories(
    input: {
      query?: {
        /** Where to go on: `nextCursor` of the page before. */
        cursor?: string;
        /** Most items on the page. */
        limit?: number;
        /** Words to look for, in any language: "a phrase", or, -without; the last word may be unfinished. */
        q?: string;
        /** How much it hurries. */
        urgency?: 'breaking' | 'normal' | 'evergreen';
      };
    } & Common = {},
  ): Promise<{
    data: StoryItem[];
    nextCursor: string | null;
  }> {
    return this.send('GET', '/v1/stories', 'json', input) as Promise<{
      data: StoryItem[];
      nextCursor: string | null;
    }>;
  }

  /** A story: how much it hurries, and until when it is under embargo. Needs the scope `articles:read`. */
  getStory(input: { id: string } & Common): Promise<Story> {
    return this.send('GET', '/v1/stories/{id}', 'json', input) as Promise<Story>;
  }

  /** Set or lift an embargo, change the urgency, or what links say; posts that are not out follow. Needs the scope `posts:publish`. */
  changeStory(input: { id: string; body: StoryChange } & Writes): Promise<Story> {
    return this.send('PATCH', '/v1/stories/{id}', 'json', input) as Promise<Story>;
  }

  /** Write the text that the posts of a story follow; the posts themselves are changed by their editors. Needs the scope `posts:write`. */
  putMasterText(
    input: {
      id: string;
      ifMatch: number;
      body: {
        /** Without hashtags and link: each post has its own. Null: none. */
        text: string | null;
      };
    } & Writes,
  ): Promise<Story> {
    return this.send('PUT', '/v1/stories/{id}/master', 'json', input) as Promise<Story>;
  }

  /** Stories that changed after their posts were out, the newest first, with a plan for each post. Needs the scope `posts:read`. */
  listCorrections(
    input: {
      query?: {
        /** Where to go on: `nextCursor` of the page before. */
        cursor?: string;
        /** Most items on the page. */
        limit?: number;
        /** `open`: nobody has decided yet. `unfinished`: open, being carried out, or done while a post that replaces or answers another has still to go out; as they stand at one moment. */
        state?: 'open' | 'carrying-out' | 'done' | 'unfinished';
      };
    } & Common = {},
  ): Promise<{
    data: Correction[];
    nextCursor: string | null;
  }> {
    return this.send('GET', '/v1/corrections', 'json', input) as Promise<{
      data: Correction[];
      nextCursor: string | null;
    }>;
  }

  /** One correction. Needs the scope `posts:read`. */
  getCorrection(input: { id: string } & Common): Promise<Correction> {
    return this.send('GET', '/v1/corrections/{id}', 'json', input) as Promise<Correction>;
  }

  /** Correct every post, each as its network can or as chosen. Needs the scope `posts:approve` too. Answers at once; a worker does it, and the correction says of each post what became of it. Asked again it goes on where it stands: nothing is done twice, and what failed is tried again. Needs the scope `posts:publish`. */
  carryOutCorrection(input: { id: string; body: CarryOut } & Writes): Promise<Correction> {
    return this.send('POST', '/v1/corrections/{id}/carry-out', 'json', input) as Promise<Correction>;
  }

  /** What was said about a story, oldest first. Needs the scope `articles:read`. */
  listComments(
    input: {
      id: string;
      query?: {
        /** Where to go on: `nextCursor` of the page before. */
        cursor?: string;
        /** Most items on the page. */
        limit?: number;
      };
    } & Common,
  ): Promise<{
    data: Comment[];
    nextCursor: string | null;
  }> {
    return this.send('GET', '/v1/stories/{id}/comments', 'json', input) as Promise<{
      data: Comment[];
      nextCursor: string | null;
    }>;
  }

  /** Say something about a story to colleagues. Needs the scope `articles:write`. */
  addComment(input: { id: string; body: NewComment } & Writes): Promise<Comment> {
    return this.send('POST', '/v1/stories/{id}/comments', 'json', input) as Promise<Comment>;
  }

  /** The links of a story that still open it. Needs the scope `articles:read`. */
  listShares(
    input: {
      id: string;
      query?: {
        /** Where to go on: `nextCursor` of the page before. */
        cursor?: string;
        /** Most items on the page. */
        limit?: number;
      };
    } & Common,
  ): Promise<{
    data: Share[];
    nextCursor: string | null;
  }> {
    return this.send('GET', '/v1/stories/{id}/shares', 'json', input) as Promise<{
      data: Share[];
      nextCursor: string | null;
    }>;
  }

  /** Make a link by which anybody who has it reads the posts of a story. Needs the scope `posts:write`. */
  shareStory(
    input: {
      id: string;
      body: {
        /** How long the link works. */
        hours?: number;
      };
    } & Writes,
  ): Promise<CreatedShare> {
    return this.send('POST', '/v1/stories/{id}/shares', 'json', input) as Promise<CreatedShare>;
  }

  /** Let a link open nothing any more. Needs the scope `posts:write`. */
  endShare(input: { id: string } & Writes): Promise<void> {
    return this.send('DELETE', '/v1/shares/{id}', 'nothing', input) as Promise<void>;
  }

  /** Hold publishing: everything, a network, an account, or posts that mention a word. No request of a matching post leaves later than a second after the answer. Needs the scope `posts:publish`. */
  placeHold(input: { body: NewHold } & Writes): Promise<Hold> {
    return this.send('POST', '/v1/holds', 'json', input) as Promise<Hold>;
  }

  /** What is held, by whom and why. Needs the scope `posts:read`. */
  listHolds(
    input: {
      query?: {
        /** Where to go on: `nextCursor` of the page before. */
        cursor?: string;
        /** Most items on the page. */
        limit?: number;
        /** Those that still hold, or those lifted too. */
        state?: 'open' | 'all';
      };
    } & Common = {},
  ): Promise<{
    data: Hold[];
    nextCursor: string | null;
  }> {
    return this.send('GET', '/v1/holds', 'json', input) as Promise<{
      data: Hold[];
      nextCursor: string | null;
    }>;
  }

  /** Resume publishing: as planned, shifted, or without what came due meanwhile. Needs the scope `posts:publish`. */
  liftHold(
    input: {
      id: string;
      body: {
        /** `as-planned`: what came due meanwhile goes out now, by the account’s gap and caps; past its `staleAt` it is stale and not sent. `shift`: every post that had its time before the hold moves by as long as it lasted until this was first asked for, and further where quiet hours, the gap or a cap speak against that; one that waits for an embargo goes at its end, or at its own new time if that is later. What would be worthless by its new time is stale where it came due under the hold, and else keeps its time; what was given its time meanwhile keeps it too. Of thousands of posts this takes a while, and the hold stands until all have moved: where no answer comes, ask again, and it goes on without moving anything twice. `drop-stale`: what came due meanwhile is stale. */
        resume: 'as-planned' | 'shift' | 'drop-stale';
      };
    } & Writes,
  ): Promise<Hold> {
    return this.send('POST', '/v1/holds/{id}/lift', 'json', input) as Promise<Hold>;
  }

  /** Resume publishing as planned. The same as `POST /v1/holds/{id}/lift` with `as-planned`, which asks how to go on: what came due meanwhile goes out now, by the account’s gap and caps; past its `staleAt` it is stale and not sent. Needs the scope `posts:publish`. */
  removeHold(input: { id: string } & Writes): Promise<void> {
    return this.send('DELETE', '/v1/holds/{id}', 'nothing', input) as Promise<void>;
  }

  /** Let an approved text come again at a wall time. Needs the scope `posts:publish`. */
  createRecurrence(input: { body: NewRecurrence } & Writes): Promise<{
    id: string;
  }> {
    return this.send('POST', '/v1/recurrences', 'json', input) as Promise<{
      id: string;
    }>;
  }

  /** What comes again, and when next. Needs the scope `posts:read`. */
  listRecurrences(
    input: {
      query?: {
        /** Where to go on: `nextCursor` of the page before. */
        cursor?: string;
        /** Most items on the page. */
        limit?: number;
      };
    } & Common = {},
  ): Promise<{
    data: Recurrence[];
    nextCursor: string | null;
  }> {
    return this.send('GET', '/v1/recurrences', 'json', input) as Promise<{
      data: Recurrence[];
      nextCursor: string | null;
    }>;
  }

  /** Let it not come again; the posts that are made stay. Needs the scope `posts:publish`. */
  endRecurrence(input: { id: string } & Writes): Promise<void> {
    return this.send('DELETE', '/v1/recurrences/{id}', 'nothing', input) as Promise<void>;
  }

  /** The processes that publish, newest first. Needs the scope `posts:read`. */
  listWorkers(input: Common = {}): Promise<{
    data: Worker[];
  }> {
    return this.send('GET', '/v1/workers', 'json', input) as Promise<{
      data: Worker[];
    }>;
  }

  /** Tries at sending posts, the latest first. Needs the scope `posts:read`. */
  listAttempts(
    input: {
      query?: {
        /** Where to go on: `nextCursor` of the page before. */
        cursor?: string;
        /** Most items on the page. */
        limit?: number;
        /** Only tries at this post. */
        post?: string;
        /** Only tries of this account. */
        account?: string;
        /** Only tries on this network, by its id. */
        network?: string;
        /** How they ended, comma-separated: reserved, sent, published, refused, signed-out, limited, down, unknown, absent; `reserved` and `sent` are under way. */
        outcome?: string;
        /** Begun not before this time. */
        since?: string;
        /** Begun before this time. */
        until?: string;
      };
    } & Common = {},
  ): Promise<{
    data: Attempt[];
    nextCursor: string | null;
  }> {
    return this.send('GET', '/v1/attempts', 'json', input) as Promise<{
      data: Attempt[];
      nextCursor: string | null;
    }>;
  }

  /** What failed, is in doubt or came too late, by cause and account, the largest harm first. Needs the scope `posts:read`. */
  listFailures(input: Common = {}): Promise<FailureGroups> {
    return this.send('GET', '/v1/failures', 'json', input) as Promise<FailureGroups>;
  }

  /** How many posts went out, how late, and how many did not, over time and by network. Needs the scope `posts:read`. */
  getFigures(
    input: {
      query?: {
        /** How far back. */
        hours?: number;
        /** Into how many equal stretches that is cut. */
        stretches?: number;
      };
    } & Common = {},
  ): Promise<Figures> {
    return this.send('GET', '/v1/figures', 'json', input) as Promise<Figures>;
  }

  /** What is due and has not gone, and whether the next 24 hours fit into the pace of each account. Needs the scope `posts:read`. */
  getOutlook(input: Common = {}): Promise<Outlook> {
    return this.send('GET', '/v1/outlook', 'json', input) as Promise<Outlook>;
  }

  /** Database, queue, clocks, feeds and webhooks: whether they do their work, and how full they are. Needs the scope `posts:read`. */
  getFoundations(input: Common = {}): Promise<Foundations> {
    return this.send('GET', '/v1/foundations', 'json', input) as Promise<Foundations>;
  }

  /** Versions, database, queue, summary engine and time zone of this installation. Needs the scope `posts:read`. */
  getInstallation(input: Common = {}): Promise<Installation> {
    return this.send('GET', '/v1/installation', 'json', input) as Promise<Installation>;
  }

  /** The newsroom’s name and time zone. Needs the scope `house-rules:read`. */
  getNewsroom(input: Common = {}): Promise<Newsroom> {
    return this.send('GET', '/v1/newsroom', 'json', input) as Promise<Newsroom>;
  }

  /** Name the newsroom and set its clock; accounts without a zone of their own follow it at once. Needs the scope `house-rules:manage`. */
  putNewsroom(input: { ifMatch: number; body: GivenNewsroom } & Writes): Promise<Newsroom> {
    return this.send('PUT', '/v1/newsroom', 'json', input) as Promise<Newsroom>;
  }

  /** How many days each kind of thing is kept. Needs the scope `house-rules:read`. */
  getRetention(input: Common = {}): Promise<Retention> {
    return this.send('GET', '/v1/retention', 'json', input) as Promise<Retention>;
  }

  /** Decide anew how many days things are kept; what is older then is forgotten for good. Needs the scope `house-rules:manage`. */
  putRetention(input: { ifMatch: number; body: GivenRetention } & Writes): Promise<Retention> {
    return this.send('PUT', '/v1/retention', 'json', input) as Promise<Retention>;
  }

  /** Begin to connect an account, or to reconnect one, by consent in a browser. Needs the scope `accounts:manage`. */
  beginConnection(input: { body: NewConnection } & Writes): Promise<Connection> {
    return this.send('POST', '/v1/connections', 'json', input) as Promise<Connection>;
  }

  /** Have events sent to an address (Standard Webhooks 1.0); its secret is shown this once. Needs the scope `webhooks:manage`. */
  addWebhook(input: { body: NewWebhook } & Writes): Promise<WebhookWithSecret> {
    return this.send('POST', '/v1/webhooks', 'json', input) as Promise<WebhookWithSecret>;
  }

  /** Webhooks, without their secrets. Needs the scope `webhooks:manage`. */
  listWebhooks(
    input: {
      query?: {
        /** Where to go on: `nextCursor` of the page before. */
        cursor?: string;
        /** Most items on the page. */
        limit?: number;
      };
    } & Common = {},
  ): Promise<{
    data: Webhook[];
    nextCursor: string | null;
  }> {
    return this.send('GET', '/v1/webhooks', 'json', input) as Promise<{
      data: Webhook[];
      nextCursor: string | null;
    }>;
  }

  /** One webhook. Needs the scope `webhooks:manage`. */
  getWebhook(input: { id: string } & Common): Promise<Webhook> {
    return this.send('GET', '/v1/webhooks/{id}', 'json', input) as Promise<Webhook>;
  }

  /** Its address, its events, and whether it is called. Needs the scope `webhooks:manage`. */
  changeWebhook(input: { id: string; ifMatch: number; body: WebhookChange } & Writes): Promise<Webhook> {
    return this.send('PATCH', '/v1/webhooks/{id}', 'json', input) as Promise<Webhook>;
  }

  /** Remove a webhook; its secrets are wiped, its deliveries stay as history. Needs the scope `webhooks:manage`. */
  removeWebhook(input: { id: string; ifMatch?: number } & Writes): Promise<void> {
    return this.send('DELETE', '/v1/webhooks/{id}', 'nothing', input) as Promise<void>;
  }

  /** A new secret, shown this once; the old one signs too for a while. Needs the scope `webhooks:manage`. */
  rotateWebhookSecret(input: { id: string; body?: Rotation } & Writes): Promise<WebhookWithSecret> {
    return this.send('POST', '/v1/webhooks/{id}/rotate-secret', 'json', input) as Promise<WebhookWithSecret>;
  }

  /** Send a test: a delivery like any other, of the type webhook.test. Needs the scope `webhooks:manage`. */
  testWebhook(input: { id: string; body?: Record<string, unknown> | null } & Writes): Promise<Delivery> {
    return this.send('POST', '/v1/webhooks/{id}/test', 'json', input) as Promise<Delivery>;
  }

  /** What a webhook was sent, and is still to be, newest first. Needs the scope `webhooks:manage`. */
  listDeliveries(
    input: {
      id: string;
      query?: {
        /** Where to go on: `nextCursor` of the page before. */
        cursor?: string;
        /** Most items on the page. */
        limit?: number;
        /** `waiting`: it is tried, or tried again. */
        state?: 'waiting' | 'delivered' | 'failed';
      };
    } & Common,
  ): Promise<{
    data: Delivery[];
    nextCursor: string | null;
  }> {
    return this.send('GET', '/v1/webhooks/{id}/deliveries', 'json', input) as Promise<{
      data: Delivery[];
      nextCursor: string | null;
    }>;
  }

  /** One delivery: what is sent, and every try at it. Needs the scope `webhooks:manage`. */
  getDelivery(input: { id: string } & Common): Promise<DeliveryDetail> {
    return this.send('GET', '/v1/deliveries/{id}', 'json', input) as Promise<DeliveryDetail>;
  }

  /** Send it now, or once more, under the same id. Needs the scope `webhooks:manage`. */
  redeliver(input: { id: string; body?: Record<string, unknown> | null } & Writes): Promise<Delivery> {
    return this.send('POST', '/v1/deliveries/{id}/redeliver', 'json', input) as Promise<Delivery>;
  }

  /** Who did what, from where, newest first. Needs the scope `audit:read`. */
  listAudit(
    input: {
      query?: {
        /** Where to go on: `nextCursor` of the page before. */
        cursor?: string;
        /** Most items on the page. */
        limit?: number;
        /** Id of the member or API key that did it. */
        actor?: string;
        /** One action, or a family: `member` is every `member.…`. */
        action?: string;
        /** Id of what it was done to. */
        subject?: string;
        /** Address it came from. */
        ip?: string;
        /** Not before this time. */
        since?: string;
        /** Before this time. */
        until?: string;
      };
    } & Common = {},
  ): Promise<{
    data: AuditRecord[];
    nextCursor: string | null;
  }> {
    return this.send('GET', '/v1/audit', 'json', input) as Promise<{
      data: AuditRecord[];
      nextCursor: string | null;
    }>;
  }

  /** Walk the chain: what was changed, moved or is missing. Needs the scope `audit:read`. */
  verifyAudit(
    input: {
      query?: {
        /** `head` of an earlier answer: shows also what was cut off or written anew since. */
        head?: string;
      };
    } & Common = {},
  ): Promise<AuditVerdict> {
    return this.send('GET', '/v1/audit/verification', 'json', input) as Promise<AuditVerdict>;
  }

  /** What our own network, the sandbox, was sent, newest first. Needs the scope `timeline:read`. */
  listTimeline(
    input: {
      query?: {
        /** Where to go on: `nextCursor` of the page before. */
        cursor?: string;
        /** Most items on the page. */
        limit?: number;
        /** Only what this account took. */
        account?: string;
      };
    } & Common = {},
  ): Promise<{
    data: TimelineItem[];
    nextCursor: string | null;
  }> {
    return this.send('GET', '/v1/sandbox/timeline', 'json', input) as Promise<{
      data: TimelineItem[];
      nextCursor: string | null;
    }>;
  }
}
