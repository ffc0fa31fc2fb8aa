/** Loaded with its screen, and with the Rundown's first picture. */
export const intakeTexts = {
  log: 'What came in',
  all: 'All',
  accepted: 'Accepted',
  pending: 'Being read',
  refused: 'Not read',
  empty: 'Nothing has come in yet',
  emptyWhy: 'Paste a link or a text above. Every item is listed here with what became of it, and why.',
  noMatch: 'Nothing here has this outcome',
  again: 'Read again',
  activity: 'Stories per hour, last 24 hours',
  hour: 'Hour',
  stories: 'Stories',
  paste: 'Paste a link or a text',
} as const;

export const firstRunTexts = {
  title: 'Where do your stories come from?',
  why: 'Any of these is a beginning; you can do the others later.',
  sample: 'Try the sample newsroom',
  sampleWhy: 'Three invented articles become posts. Nothing leaves this machine.',
  sampleReady: 'Three articles have come in. Their posts wait on the Desk.',
  paste: 'Paste a link',
  pasteWhy: 'One article, from its page or as text.',
  feed: 'Add a feed',
  feedWhy: 'Every new article by itself, from now on.',
} as const;
