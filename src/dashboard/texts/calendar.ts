import type { BarKind } from '../../domain/barred.ts';
import { posts } from './counted.ts';

interface Bar {
  readonly account: string;
  /** When what speaks against it begins and ends, as people write it. */
  readonly from: string;
  readonly to: string;
}

/** Why a post may not go out at a time. */
const barred: Record<BarKind, (bar: Bar) => string> = {
  past: () => 'That is in the past.',
  embargo: ({ to }) => `Its story is under embargo until ${to}.`,
  worthless: ({ from }) => `It is worth nothing after ${from}.`,
  'approval-ended': ({ from }) => `Its approval ends at ${from}.`,
  'quiet-hours': ({ account, to }) => `Quiet hours of ${account} until ${to}.`,
  gap: ({ account, from, to }) => `Too close to another post of ${account}: keep out of ${from} to ${to}.`,
  'hourly-cap': ({ account, to }) => `${account} sends no more in that hour: free again at ${to}.`,
  'daily-cap': ({ account, to }) => `${account} sends no more on that day: free again at ${to}.`,
};

/** Loaded with its screen, which is not the first that most people open. */
export const calendarTexts = {
  week: 'Week',
  month: 'Month',
  day: 'Day',
  agenda: 'Agenda',
  view: 'View',
  today: 'Today',
  before: 'Back',
  after: 'On',
  filters: {
    account: ['Account', 'All accounts'],
    section: ['Section', 'All sections'],
    state: ['State', 'All states'],
    author: ['Author', 'All authors'],
  },
  views: {
    label: 'Views',
    save: 'Save this view…',
    name: 'A name for this view and its filters; kept on this device',
    button: 'Save',
    saved: (name: string) => `View “${name}” saved.`,
    remove: (name: string) => `Forget “${name}”`,
    removed: (name: string) => `View “${name}” forgotten.`,
  },
  clear: 'Show all',
  field: (when: string, count: string) => `${when}, ${count}`,
  skipped: (hour: string) => `The clock skips ${hour}`,
  hour: 'Hour',
  openDay: (date: string) => `Open ${date}`,
  more: (count: number) => `+${count} more`,
  freeSlots: (count: number) => (count === 1 ? '1 slot free' : `${count} slots free`),
  freeSlot: (at: string, account: string) => `${at} on ${account} is free: write something for it`,
  isFree: (at: string, account: string) => `${at} on ${account} is free`,
  empty: 'Nothing is planned here',
  noMatch: 'Nothing here matches the filters',
  noneReady: 'Approved posts appear on the day they go out.',
  noneReadyHint: 'Ready: approved posts without a time wait here, to be dragged onto the plan.',
  readyWaits: (count: number) => `${posts(count)} approved, and without a time yet.`,
  fill: (count: number) => `Fill from Ready (${count})`,
  filled: (count: number) => `${posts(count)} given a time.`,
  noRoom: (count: number) => `${posts(count)} found no free time in these days.`,
  place: 'Place the next ready post here',
  nothingReady: 'Nothing is ready: approve a post on the Desk first.',
  placeHint: 'Drag one onto the plan, or press P on a field.',
  left: 'It has left the building, so it cannot be moved. To say it again, duplicate it in the Outbox.',
  fixed: (state: string) => `${state}: it has no time that could be moved.`,
  barred,
  override: 'Move… sets it all the same.',
  choose: 'Choose another time with Move….',
  noFreeIn: 'No time is free on that day.',
  noSlot: 'No free slot in that direction.',
  slotBefore: 'To the free slot before, or 5 minutes earlier',
  slotAfter: 'To the free slot after, or 5 minutes later',
  monthOrMove: 'Month. With a post in focus or some selected: move them',
  moveTitle: (count: number) => `Move the first of ${posts(count)} to which time?`,
  selectTo: 'Select up to here',
  picked: (count: number) => `${posts(count)} selected`,
  none: 'Select none',
  csv: 'Export CSV',
  newHere: 'New here',
  newStory: 'New story from an article',
  newTitle: (when: string) => `New post for ${when}`,
  newText: 'Text',
  newButton: 'Schedule it',
  newMade: (when: string) => `Scheduled for ${when}.`,
  zoneNote: (place: string) => `All times in ${place}.`,
} as const;
