import type { ItemOutcome, SourceKind } from '../../domain/source.ts';

export const create = {
  title: 'New story',
  label: 'Paste a link or the text of an article',
  placeholder: 'https://…  or the whole text, headline first',
  hint: 'A link is fetched and read. A text is taken as it is; its first line is the headline, unless it ends like a sentence.',
  section: 'Section',
  tags: 'House tags',
  tagsHint: 'Separate with commas',
  button: 'Write the posts',
  empty: 'Paste a link or a text first.',
  recent: 'Stories',
  recentEmpty: 'No stories yet',
  recentWhy: 'Paste a link or a text above, and its posts appear for every account.',
  file: 'Take a file…',
  none: 'No accounts are connected, so no posts can be written. Add one in Setup.',
  pending: 'Being read…',
  untitled: 'Untitled',
} as const;

export const intake = {
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

export const firstRun = {
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

const kinds = {
  feed: 'Feed (RSS, Atom, JSON Feed)',
  sitemap: 'News sitemap',
  urls: 'List of pages',
  push: 'Pushed through the API',
} satisfies Record<SourceKind, string>;

const outcomes = {
  accepted: 'Taken in',
  duplicate: 'Duplicate',
  filtered: 'Filtered',
  refused: 'Not read',
  baseline: 'Was there before',
  'over-cap': 'Over the cap',
} satisfies Record<ItemOutcome, string>;

export const sources = {
  title: 'Sources',
  add: 'Add a feed',
  addTitle: 'Add a source',
  addButton: 'Add this source',
  added: (name: string) => `${name} is read from now on. What it has today is not posted.`,
  edit: 'Edit rules and settings',
  editTitle: (name: string) => `Edit ${name}`,
  save: 'Save',
  saved: 'Saved.',
  empty: 'No sources yet',
  emptyWhy:
    'A feed that you add is read every few minutes. What it brings is listed here with what became of it, and why.',
  poll: 'Read now',
  polling: (name: string) => `${name} is read now.`,
  pause: 'Pause',
  paused: (name: string) => `${name} is paused.`,
  resume: 'Resume',
  resumed: (name: string) => `${name} is read again.`,
  pauseOrResume: 'Pause or resume',
  remove: 'Remove…',
  removeTitle: (name: string) => `Remove ${name}?`,
  removeBody: 'It is not read any more. Its articles and its log stay as history.',
  removeButton: 'Remove',
  removed: (name: string) => `${name} is removed.`,
  more: (name: string) => `More for ${name}`,
  states: { active: 'Read', paused: 'Paused', failing: 'Failing' },
  last: 'Last read',
  next: 'Next',
  never: 'not yet',
  status: 'HTTP status',
  noAnswer: 'no answer',
  unchanged: 'Unchanged (304)',
  ofPolls: (unchanged: number, polls: number) => `${unchanged} of ${polls}`,
  delay: 'Median delay',
  failures: 'Errors in a row',
  since: 'Failing since',
  backOff: 'It is asked less often until it answers again.',
  pausedFor: (reason: string) => `Paused: ${reason}`,
  spark: (items: number, accepted: number) => `14 days: ${items} items, ${accepted} taken in`,
  asTable: 'As a table',
  asChart: 'As a chart',
  day: 'Day (UTC)',
  items: 'Items',
  taken: 'Taken in',
  log: 'Decisions',
  outcome: 'Outcome',
  every: 'Every outcome',
  outcomes,
  nothingDecided: 'Nothing has been decided yet',
  nothingDecidedWhy: 'Every item of this source is listed here with what became of it, and why.',
  noOutcome: 'Nothing here has this outcome',
  promote: 'Take it in',
  readAgain: 'Read again',
  promoted: 'Taken in. Its posts are being written.',
  story: 'Open the story',
  older: 'Show older ones',
  kinds,
  kind: 'Kind',
  url: 'Address',
  urlHint: 'Of the feed, or of the sitemap',
  urls: 'Pages',
  urlsHint: 'One address a line',
  name: 'Name',
  nameHint: 'Empty: its own title',
  minutes: 'Read every (minutes)',
  cap: 'At most in an hour',
  section: 'Section',
  sectionHint: 'Where it gives none',
  accounts: 'Accounts that get posts',
  allAccounts: 'All accounts',
  rules: 'Rules',
  rulesHint: 'Separate with commas. An empty field asks for nothing; word* is every word that begins so.',
  fields: {
    include: 'One of these words',
    exclude: 'None of these words',
    sections: 'One of these sections',
    languages: 'One of these languages (en, de)',
    urgentWords: 'Words that make it breaking',
  },
  minLength: 'At least so many characters',
  maxAge: 'At most so many hours old',
  preview: 'What it has now',
  previewWaits: 'Type an address: its newest five items appear here before anything is saved.',
  previewCount: (items: number) => (items === 1 ? '1 item' : `${items} items`),
  reading: 'Reading…',
  trial: (matched: number, of: number) => `Would have matched ${matched} of the last ${of}`,
  trialEmpty: 'It has no items yet that the rules could be tried on.',
  fits: 'fits',
  fitsUrgent: 'fits, breaking',
  conflict: 'Somebody changed this source meanwhile. Theirs is saved; yours is still in the fields.',
  takeTheirs: 'Take theirs',
  saveMine: 'Save mine over it',
  import: 'Import OPML…',
  export: 'Export OPML',
  imported: (added: number, known: number) => `${added} added, ${known} known before.`,
  notImported: (count: number) => (count === 1 ? '1 feed was not added' : `${count} feeds were not added`),
} as const;

const nightLibrary = {
  title: 'Harbour town opens its first night library',
  section: 'Culture',
  tags: ['News'],
  text: `Harbour town opens its first night library

The town of Velmar opened a library on Monday that lends books only after dark. Its doors stand open from eight in the evening until five in the morning, when the fishing boats come in.

Mayor Ilse Torvald said the idea came from the dock workers. "Half of this town works at night, and until now half of this town could not borrow a book," she told reporters at the opening.

The library cost 2.4 million crowns and holds 18,000 books in eleven languages. The Velmar Harbour Foundation paid for two thirds of it; the rest came from a public appeal that drew 3,100 donors in nine weeks.

On the first night 412 people came in, more than twice what the librarians had expected. The last of them left at ten to five with a cookery book.

Librarian Tomas Adeyo said that the shelves near the stove would stay free for sleeping readers. "We wake them before the boats," he said.`,
};

const orchard = {
  title: 'Orchard on the old runway bears its first apples',
  section: 'Local',
  tags: ['News'],
  text: `The orchard on the old runway of Velmar has borne its first apples, four years after 1,200 trees were planted there.

Pickers brought in 3.8 tonnes on Saturday, the growers' union said. Half of it goes to the town's schools, and the rest is sold at the north gate.

The runway closed in 2011. "We broke the concrete with our own hands," said grower Maren Oster, who chairs the union of 86 families.

Cider follows in spring. The union has borrowed a press from the island of Ostrow and wants to buy its own for 14,000 crowns.`,
};

const tram = {
  title: 'Tram line 7 runs through the night from December',
  section: 'Traffic',
  tags: ['News'],
  text: `Trams of line 7 in Velmar will run through the night from 4 December, the transport board decided on Wednesday.

One tram leaves every 40 minutes between midnight and five in the morning. The board expects 900 passengers a night and pays 310,000 crowns a year for the drivers.

The line joins the harbour to the hospital. "Nurses have walked home for thirty years," said board member Piet Halvorsen. "That ends now."

A ticket costs the same as by day. Dogs travel free after ten.`,
};

/** The sample newsroom: articles of our own about events that never were. */
export const samples = [nightLibrary, orchard, tram] as const;
