import type { Retained } from '../../domain/retention.ts';

/** Who is told of trouble, and whether that works. */
export const notifications = {
  title: 'Who is told of trouble',
  readOnly: 'You may read this; an admin changes it.',
  saved: 'Saved.',
  noChannels:
    'Nobody is told of trouble yet. Enter a mail address above, or connect a Slack, Discord or Telegram account.',
  connect: 'Connect an account',
  noTakers: 'None of the accounts takes messages: Slack, Discord and Telegram do.',
  noMail: 'Mail cannot leave before the operator sets STANDFIRST_SMTP_URL.',
  channels: 'Channels',
  channelsWhy: 'A test goes to those above, saved or not.',
  mail: 'Mail',
  test: 'Send a test',
  testTo: (name: string) => `Send a test to ${name}`,
  outcomes: {
    delivered: 'Delivered',
    unknown: 'Sent, but the answer was lost: look whether it arrived.',
    refused: 'Refused',
  },
} as const;

/** What runs here, and what writes the summaries. */
export const engine = {
  summaries: 'Summaries',
  own: (name: string, version: string) => `Engine ${name} ${version}`,
  ownWhy:
    'It takes sentences of the article as they stand, on this machine. The same article always gives the same summary.',
  model: 'Language model',
  off: 'Off',
  offWhy:
    'Nothing of it is loaded. To have summaries written by a model, the operator sets these and starts standfirst again:',
  on: (name: string, version: string) => `On: ${name}, asked in version ${version}`,
  onWhy: 'Take STANDFIRST_AI away and start standfirst again to switch it off.',
  checks: 'What is checked',
  checkList: [
    'Every sentence of the engine’s stands in the article, character for character.',
    'Every number, name, date and quotation of a model’s stands in the sentences of the article that it cites.',
    'A model’s summary is in the article’s language.',
    'A model that fails is asked once more; then the article’s own sentences are taken, and the Why panel says so.',
    'What a model wrote is marked, and always waits for a person.',
  ],
  clock: 'Time zone',
  zone: (zone: string, offset: string) => `${zone}, now ${offset}`,
  zoneWhy: 'Every time on these pages is on this clock. An admin sets it under Rules.',
  installation: 'This installation',
  version: 'standfirst',
  node: 'Node',
  zoneData: 'Time zone data',
  database: 'Database',
  databases: { embedded: 'PostgreSQL, embedded', postgres: 'PostgreSQL' },
  queue: 'Queue',
  queues: { redis: 'Redis', postgres: 'in the database' },
  mail: 'Mail',
  mails: { true: 'leaves through STANDFIRST_SMTP_URL', false: 'no mail server is set' },
  address: 'Public address',
  noAddress: 'none is set (STANDFIRST_PUBLIC_URL): only this machine reaches it',
  unknown: 'does not answer',
  health: 'How each of them does: Health',
} as const;

const ages = {
  html: ['HTML of articles', 'As it was handed in, and texts of feed items. What was read from it stays.'],
  events: ['Events', 'What a page or program that was away can still catch up on.'],
  attempts: ['Tries that brought nothing', 'Of posts that have come to an end. Receipts stay.'],
  decisions: ['Decision log', 'Why items of sources became no story, once the source shows them no more.'],
  'idempotency-keys': ['Answers to repeated requests', 'For programs that send a request twice.'],
  'audit-values': [
    'What the audit’s changes were',
    'The fields before and after. Who did what, and the proof of it, stay.',
  ],
  deliveries: ['Webhook deliveries', 'What was sent, and how it went.'],
  images: ['Images that no post shows', 'They are fetched again where one is to.'],
  sandbox: ['Sandbox', 'What it was sent.'],
} satisfies Record<Retained, readonly [string, string]>;

/** How long things are kept. */
export const retention = {
  title: 'How long things are kept',
  why: 'What is older is forgotten for good, four times a day. Posts, their texts, receipts and the audit are kept for good.',
  what: 'What',
  days: 'Days',
  daysOf: (what: string) => `${what}: days`,
  usual: (days: number) => `usual ${days}`,
  fixed: 'set by the operator (STANDFIRST_RETENTION)',
  ages,
  save: 'Save',
  saved: 'Saved.',
  shorter: 'Forget sooner?',
  shorterWhy: (list: string) => `What is older goes within hours and cannot be brought back: ${list}.`,
  shorterOne: (what: string, days: number) => `${what} older than ${days} ${days === 1 ? 'day' : 'days'}`,
  shorterDo: 'Forget sooner',
} as const;
