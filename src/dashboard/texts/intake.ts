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
  tryOne: 'Try a sample article',
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
} as const;

export const sample = {
  title: 'Harbour town opens its first night library',
  section: 'Culture',
  tags: ['News'],
  text: `Harbour town opens its first night library

The town of Velmar opened a library on Monday that lends books only after dark. Its doors stand open from eight in the evening until five in the morning, when the fishing boats come in.

Mayor Ilse Torvald said the idea came from the dock workers. "Half of this town works at night, and until now half of this town could not borrow a book," she told reporters at the opening.

The library cost 2.4 million crowns and holds 18,000 books in eleven languages. The Velmar Harbour Foundation paid for two thirds of it; the rest came from a public appeal that drew 3,100 donors in nine weeks.

On the first night 412 people came in, more than twice what the librarians had expected. The last of them left at ten to five with a cookery book.

Librarian Tomas Adeyo said that the shelves near the stove would stay free for sleeping readers. "We wake them before the boats," he said.`,
} as const;
