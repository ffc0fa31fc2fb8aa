export const desk = {
  inbox: 'Stories that wait for review',
  empty: 'Nothing waits for review',
  emptyWhy: 'Stories appear here as soon as their posts are written, from a pasted link, a text or a feed.',
  last: 'The last story came in at',
  select: (title: string) => `Select ${title}`,
  selected: (count: number, postCount: string) =>
    `${count === 1 ? '1 story' : `${count} stories`}, ${postCount} selected`,
  none: 'Select none',
  approve: (count: number) => (count === 1 ? 'Approve the post' : `Approve ${count} posts`),
  goBy: (span: string) => `worthless in ${span}`,
  toggle: 'Leave network 1 to 9 out, or take it in again',
  cycle: 'One preview after the other',
  openStory: 'Open the story',
  noArticle: 'This post came as a ready text, without an article to check it against.',
  found: 'found in the article',
} as const;
