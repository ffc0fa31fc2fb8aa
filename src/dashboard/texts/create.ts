/** Loaded with the screens on which stories begin and are found. */
export const createTexts = {
  label: 'Paste a link or the text of an article',
  placeholder: 'https://…  or the whole text, headline first',
  hint: 'A link is fetched and read. A text is taken as it is; its first line is the headline, unless it ends like a sentence.',
  section: 'Section',
  tags: 'House tags',
  tagsHint: 'Separate with commas',
  button: 'Write the posts',
  empty: 'Paste a link or a text first.',
  file: 'Take a file…',
  search: 'Search stories',
  noneFits: 'No story fits',
  noneFitsWhy: 'Change the words, or begin a new story.',
  none: 'No stories yet',
  noneWhy: 'Paste a link or a text above, and its posts appear for every account.',
} as const;
