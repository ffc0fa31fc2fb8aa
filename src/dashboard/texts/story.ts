export const story = {
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
} as const;

export const storyList = {
  search: 'Search stories',
  empty: 'No story fits',
  emptyWhy: 'Change the words, or begin a new story.',
} as const;
