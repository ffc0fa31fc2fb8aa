import { common } from './common.ts';

export const nav = {
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
} as const;

export const strip = {
  label: 'What happens now',
  next: 'Next',
  nothingNext: 'Nothing is scheduled',
  cannotTell: 'What is scheduled cannot be read',
  /** Of what is named as next although it cannot go out. */
  waits: {
    'sign-in': 'waits: the account is signed out',
    account: 'waits: the account is paused',
    hold: 'held',
  },
  keptBack: (count: number) => `${count} overdue: the account cannot send`,
  inReview: (count: string) => `${count} in review`,
  failed: (count: string) => `${count} failed`,
  inDoubt: (count: string) => `${count} in doubt`,
  onTime: (percent: string) => `on time 24 h ${percent} %`,
  clockOff: (span: string) => `The clock of this machine is off by ${span}. What is shown here is the newsroom’s.`,
  held: (who: string, at: string) => `HELD since ${at} by ${who}`,
  resume: 'Resume',
} as const;

export const live = {
  live: 'live',
  connecting: 'connecting',
  reconnecting: (span: string) => `reconnecting (${span})`,
  stale: (at: string) => `stale since ${at}`,
  published: 'A post was published.',
  failed: 'A post failed.',
  lastKnown: (at: string) => `This is the last known picture, of ${at}.`,
  fresh: (count: number) => `${count} new. Press . to load`,
} as const;

export const session = {
  title: common.signedOut,
  body: 'Your session has ended. What you typed is kept on this device. Sign in on the page that opens beside this one, then go on here.',
  signIn: 'Sign in',
  again: 'I have signed in: go on',
  stillOut: 'This browser is still signed out here. Sign in first, then go on.',
  first: {
    title: 'Sign in to begin',
    body: 'Nobody has signed in with this browser yet. Open the sign-in link that the server printed below “Ready:”; it works once, within 15 minutes.',
    anew: 'To get a new one, start the server again, or ask it for one:',
    command: 'standfirst users reset Admin',
  },
  out: 'Sign out',
  /** Where something that was typed and never sent stays behind. */
  leaves: {
    title: (count: number) =>
      count === 1 ? 'One text on this device is not sent' : `${count} texts on this device are not sent`,
    keep: { label: 'Keep them here', hint: 'Nobody but you is shown them: they are here when you sign in again.' },
    discard: { label: 'Discard them', hint: 'They are gone from this device.' },
  },
} as const;

export const undo = {
  button: 'Undo',
  done: 'Taken back.',
  notDone: 'Could not be taken back',
  waitsAgain: 'The text is as it was. The post waits for approval again.',
  tooLate: 'Too late to take it back: it is done.',
  nothing: 'There is nothing to take back.',
  note: 'Approval taken back.',
  cancelNote: 'Cancelled.',
} as const;

export const time = {
  yours: 'Yours:',
  field: (place: string) => `Time in ${place}`,
  examples: '14:30 · +45m · noon · tomorrow 9 · fri 8:15 · 1.12.2026 18:00',
  notATime:
    'This is not a time. Write it like 14:30, noon, +45m, tomorrow 9, fri 8:15, 1.12.2026 18:00 or 2026-12-01 18:00.',
  in: (span: string) => `in ${span}`,
  ago: (span: string) => `${span} ago`,
  button: 'Set this time',
} as const;

export const missing = {
  title: 'There is nothing here',
  where: 'No screen has this address',
  why: 'It may be old, or mistyped.',
  home: 'Go to the first screen',
  broken: 'This screen broke',
} as const;

export const keys = {
  everywhere: 'Everywhere',
  goTo: (screen: string) => `Go to ${screen}`,
  sheet: 'Keys',
  search: 'Search',
  single: 'Single-key shortcuts',
  list: 'Lists',
  load: 'Load what is new',
  next: 'Next',
  previous: 'Previous',
  open: 'Open',
  select: 'Select',
  selectAll: 'Select all',
} as const;

export const palette = {
  title: 'Go to, do, find',
  label: 'A screen, an action, words of a post, or a link to an article',
  nothing: 'Nothing fits.',
  go: 'Go to',
  act: 'Do',
  fromUrl: (url: string) => `New story from ${url}`,
  create: 'New story',
} as const;

export const holds = {
  all: 'Hold the wire',
  allBody: 'Nothing leaves the building, on any account, until somebody resumes.',
  button: 'Hold',
  reason: 'Why? Everybody sees this.',
  held: 'Publishing is held.',
  lifted: 'Publishing goes on.',
  resumeTitle: 'How does publishing go on?',
  ways: {
    'as-planned': {
      label: 'As planned',
      hint: 'What came due meanwhile goes out now, with the gap of each account; the rest keeps its time.',
    },
    shift: {
      label: 'Everything later',
      hint: 'What had its time before the hold moves by as long as it lasted; what came due meanwhile and is worthless by then does not go out.',
    },
    'drop-stale': {
      label: 'Without what came due',
      hint: 'What came due meanwhile does not go out; the rest keeps its time.',
    },
  },
  network: (name: string) => `Hold everything on ${name}`,
  account: (name: string) => `Hold ${name}`,
  everything: 'all accounts',
  post: 'Hold this post',
  postMore: 'Hold this post…',
  postButton: 'Hold…',
  liftPost: 'Lift the hold',
  postKey: 'Hold this post, or lift its hold',
  whichPost: 'Which post?',
  choose: 'This one',
  postHeld: 'The post is held. The others go on.',
  postLifted: 'The post is not held any more.',
  nothingToHold: 'Nothing here can be held: what is out, or ended, is past holding.',
  story: 'one story',
  word: (word: string) => `posts that mention “${word}”`,
} as const;

export const people = {
  you: 'you',
  somebody: 'somebody else',
  program: 'a program',
} as const;
