import type { LengthUnit } from '../domain/limits.ts';
import type { PostState } from '../domain/post.ts';

/** Every word the dashboard says, in one place: another language is another file of this shape. */

function posts(count: number): string {
  return count === 1 ? '1 post' : `${count} posts`;
}

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

export const texts = {
  product: 'standfirst',
  states,
  units,
  close: 'Close',
  cancel: 'Cancel',
  retry: 'Try again',
  loading: 'Loading',
  copyDetails: 'Copy details',
  skip: 'Skip to content',
  posts,

  nav: {
    label: 'Screens',
    rundown: 'Rundown',
    desk: 'Desk',
    story: 'Stories',
    calendar: 'Calendar',
    failures: 'Failures',
    health: 'Health',
    intake: 'Intake',
    outbox: 'Outbox',
    setup: 'Setup',
    more: 'More',
    new: 'New story',
  },

  strip: {
    label: 'What happens now',
    next: 'Next',
    nothingNext: 'Nothing is scheduled',
    inReview: (count: string) => `${count} in review`,
    failed: (count: string) => `${count} failed`,
    inDoubt: (count: string) => `${count} in doubt`,
    onTime: (percent: string) => `on time 24 h ${percent} %`,
    held: (who: string, at: string) => `HELD since ${at} by ${who}`,
    resume: 'Resume',
  },

  live: {
    live: 'live',
    connecting: 'connecting',
    reconnecting: (span: string) => `reconnecting (${span})`,
    stale: (at: string) => `stale since ${at}`,
    published: 'A post was published.',
    failed: 'A post failed.',
    fresh: (count: number) => `${count} new. Press . to load`,
  },

  session: {
    title: 'You are signed out',
    body: 'Your session has ended. What you typed is kept on this device. The sign-in link stands in the terminal where standfirst was started: start it again and it prints a new one.',
    again: 'I have signed in: go on',
    out: 'Sign out',
  },

  undo: {
    button: 'Undo',
    done: 'Taken back.',
    notDone: 'Could not be taken back',
    nothing: 'There is nothing to take back.',
    note: 'Approval taken back.',
    cancelNote: 'Cancelled.',
  },

  time: {
    yours: 'Yours:',
    field: (place: string) => `Time in ${place}`,
    examples: '14:30 · +45m · tomorrow 9 · fri 8:15 · 2026-12-01 18:00',
    notATime: 'This is not a time. Write it like 14:30, +45m, tomorrow 9 or 2026-12-01 18:00.',
    in: (span: string) => `in ${span}`,
    ago: (span: string) => `${span} ago`,
    button: 'Set this time',
  },

  meter: {
    breakdown: (text: number, link: number, tags: number) => `text ${text} · link ${link} · tags ${tags}`,
    over: (by: number) => `${by} over the limit`,
  },

  preview: {
    cut: 'The network would not take this',
    noAlt: 'Image without a description',
    image: (alt: string) => `Image: ${alt}`,
    cardImage: (alt: string) => (alt === '' ? 'Picture of the article' : alt),
    autoCard: 'The network adds a card from the link.',
  },

  editor: {
    text: 'Text of the post',
    part: (place: number, of: number) => `Message ${place} of ${of}`,
    save: 'Save',
    discard: 'Discard',
    saved: 'Saved. It is back in review.',
    unsaved: 'Not saved yet; kept on this device',
    unchanged: 'No change yet',
    offline: 'Offline: kept on this device',
    keptHere: 'There is unsaved text on this device.',
    empty: 'The text is empty.',
    tooLong: 'The text is over the network’s limit.',
    removePart: 'Remove this message',
    split: 'Split into a thread here',
    keys: 'Ctrl/⌘ S saves, Ctrl/⌘ Enter approves, Esc closes',
  },

  compare: {
    title: 'Somebody else changed this text',
    before: 'It was',
    theirs: 'They made it',
    mine: 'You made it',
    takeTheirs: 'Keep theirs',
    takeMine: 'Save mine',
  },

  post: {
    dueAt: 'Goes out',
    dueNow: 'now',
    publishedAt: 'Went out',
    signedOut: 'The account is signed out: reconnect it in Setup.',
    see: 'See it',
    copy: 'Copy text',
    copied: 'Text copied.',
    more: (name: string) => `More for ${name}`,
  },

  verbs: {
    approve: 'Approve',
    approveHow: 'Choose when it goes out',
    approveNextSlot: 'Approve for the next free slot',
    approveAt: 'Approve at a time…',
    approveAtTitle: 'When should it go out?',
    approveNow: 'Approve and publish now',
    approveOnly: 'Approve without a time',
    approved: (count: number) => `${posts(count)} approved.`,
    approvedAndScheduled: (count: number) => `${posts(count)} approved and scheduled.`,
    nothingToApprove: 'Nothing here waits for approval.',
    changedMeanwhile: 'Somebody changed it meanwhile',
    schedule: 'Schedule…',
    move: 'Move…',
    moveTitle: 'Move to which time?',
    moved: 'Moved.',
    earlier: '5 minutes earlier',
    later: '5 minutes later',
    now: 'Publish now',
    nowTitle: 'Publish now?',
    nowBody: (count: number) =>
      count === 1 ? 'It leaves the building at once.' : `${posts(count)} leave the building at once.`,
    sentNow: 'On its way.',
    changes: 'Request changes',
    changesTitle: 'Give it back to the writer',
    changesLabel: 'What should change?',
    changesAsked: 'Given back, with your note.',
    submit: 'Send to review',
    submitted: 'Sent to review.',
    edit: 'Edit',
    reject: 'Reject',
    rejectTitle: 'Reject',
    rejectLabel: 'Why? The writer reads this.',
    rejected: (count: number) => `${posts(count)} rejected.`,
    cancel: 'Cancel post',
    cancelled: (count: number) => `${posts(count)} cancelled.`,
    retry: 'Retry now',
    retried: (count: number) => `${posts(count)} tried again.`,
    check: 'Check on the network',
    checkFound: 'It is there: the post was published.',
    checkAbsent: 'It is not there: it can be sent again.',
    checkCannotTell: 'The network cannot tell. Look at the account yourself.',
    mark: 'Mark as published',
    markTitle: 'You have seen it on the network',
    markLabel: 'Its address there (optional)',
    marked: 'Marked as published.',
    again: 'Send again',
    againTitle: 'Send it again?',
    againBody: 'Only if you have looked at the account and it is not there. Otherwise it may appear twice.',
    sentAgain: 'On its way again.',
  },

  create: {
    title: 'New story',
    label: 'Paste a link or the text of an article',
    placeholder: 'https://…  or the whole text, headline first',
    hint: 'A link is fetched and read. A text is taken as it is; its first line is the headline.',
    section: 'Section',
    tags: 'House tags',
    tagsHint: 'Separate with commas',
    button: 'Write the posts',
    empty: 'Paste a link or a text first.',
    recent: 'Stories',
    recentEmpty: 'No stories yet',
    recentWhy: 'Paste a link or a text above, and its posts appear for every account.',
    tryOne: 'Try a sample article',
    none: 'No accounts are connected, so no posts can be written. Add one in Setup.',
    pending: 'Being read…',
    untitled: 'Untitled',
  },

  sample: {
    title: 'Harbour town opens its first night library',
    section: 'Culture',
    tags: ['News'],
    text: `Harbour town opens its first night library

The town of Velmar opened a library on Monday that lends books only after dark. Its doors stand open from eight in the evening until five in the morning, when the fishing boats come in.

Mayor Ilse Torvald said the idea came from the dock workers. "Half of this town works at night, and until now half of this town could not borrow a book," she told reporters at the opening.

The library cost 2.4 million crowns and holds 18,000 books in eleven languages. The Velmar Harbour Foundation paid for two thirds of it; the rest came from a public appeal that drew 3,100 donors in nine weeks.

On the first night 412 people came in, more than twice what the librarians had expected. The last of them left at ten to five with a cookery book.

Librarian Tomas Adeyo said that the shelves near the stove would stay free for sleeping readers. "We wake them before the boats," he said.`,
  },

  story: {
    title: 'Story',
    made: 'Posts',
    reading: 'Reading the article…',
    writing: 'Writing the posts…',
    refused: 'The article could not be read',
    pasteInstead: 'Paste the text instead',
    stepFailed: (step: string) => `The step “${step}” failed`,
    noPosts: 'No posts were written',
    noPostsWhy: 'No account was connected when the article came in, or all have a post for it already.',
    approveAll: 'Approve all',
    source: 'Source',
    why: 'Why',
    whyHint: 'Why these sentences and tags',
    timeline: 'Sandbox timeline',
    timelineEmpty: 'Nothing yet. What goes out on the sandbox appears here the moment it does.',
    history: 'History',
    back: 'All stories',
    screenKeys: 'Story',
    keyToggle: 'Go to post 1 to 9',
  },

  missing: {
    title: 'There is nothing here',
    why: 'The address may be old, or mistyped.',
    home: 'Go to the first screen',
  },

  keys: {
    everywhere: 'Everywhere',
    goTo: (screen: string) => `Go to ${screen}`,
  },

  why: {
    notYet: 'The summary is not there yet.',
    summary: 'Summary',
    hashtags: 'Hashtags',
    used: 'Sentences, best first',
    article: 'The article',
    leftOut: 'Left out',
    kept: 'Kept',
    rejected: 'Rejected',
    none: 'None.',
    tag: 'Hashtag',
    origin: 'From',
    score: 'Score',
    because: 'Because',
    sentence: (rank: number, place: number) => `rank ${rank}, sentence ${place} of the article`,
    figures: (found: number, all: number) => `figures ${found}/${all}`,
    names: (found: number, all: number) => `names ${found}/${all}`,
    reason: (name: string) => name.replaceAll('-', ' '),
    engine: (engine: string, version: string, lang: string) => `Engine ${engine} ${version}, language ${lang}.`,
  },
} as const;
