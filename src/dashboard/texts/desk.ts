import { posts } from './counted.ts';

export const desk = {
  inbox: 'Stories that wait for review',
  tab: 'What to look at',
  tabs: { review: 'In review', back: 'Given back', planned: 'Approved', late: 'Too late' },
  empty: {
    review: 'Nothing waits for review',
    back: 'Nothing was given back',
    planned: 'Nothing is approved',
    late: 'Nothing is too late',
  },
  emptyWhy: {
    review: 'Stories appear here as soon as their posts are written, from a pasted link, a text or a feed.',
    back: 'A post that is given back with a note stands here until its writer sends it to review again.',
    planned: 'What is approved stands here until it goes out.',
    late: 'A post that was not sent before it was worth nothing stands here, to be given a new time or dropped.',
  },
  last: 'The last story came in at',
  select: (title: string) => `Select ${title}`,
  selected: (count: number, postCount: string) =>
    `${count === 1 ? '1 story' : `${count} stories`}, ${postCount} selected`,
  none: 'Select none',
  approve: (count: number) => (count === 1 ? 'Approve the post' : `Approve ${posts(count)}`),
  approveGreen: 'Approve all green',
  leftAlone: (count: number) =>
    count === 1
      ? '1 story is not all green: look at it yourself.'
      : `${count} stories are not all green: look at them yourself.`,
  goBy: (span: string) => `worthless in ${span}`,
  late: 'worthless by now',
  toggle: 'Leave network 1 to 9 out, or take it in again',
  cycle: 'One preview after the other',
  range: 'Select up to here',
  openStory: 'Open the story',
  noArticle: 'This post came as a ready text, without an article to check it against.',
  found: 'found in the article',
  badges: 'Checks',
  changed: 'The article has changed since',
  seeChange: 'See what',
  changeTitle: 'What changed in the article',
  openNewer: 'Open the story as it is now, with its own posts',
  duplicate: (count: number) =>
    count === 1 ? 'Nearly the same went out lately' : `${count} lately said nearly the same`,
  sensitive: 'Sensitive:',
  aiWritten: 'Written by a model',
  decided: (state: string) => `Somebody else decided meanwhile: it is ${state.toLocaleLowerCase()} now.`,
  fourEyes: 'You wrote this: the house wants another person to approve it.',
  nowCost: (dollars: string) => `Costs ${dollars} together`,
} as const;
