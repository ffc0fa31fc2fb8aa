export const why = {
  notYet: 'The summary is not there yet.',
  summary: 'Summary',
  hashtags: 'Hashtags',
  time: 'Time',
  house: 'House rule',
  houseRule: 'Change the house rules',
  use: { always: 'Always', never: 'Never' },
  decided: {
    always: (tag: string) => `${tag} is on every post from now on.`,
    never: (tag: string) => `${tag} is on no post from now on.`,
  },
  networkRules: 'What each network takes',
  networkRule: (name: string, advised: number, max: number) =>
    max === 0
      ? `${name}: none`
      : advised === max
        ? `${name}: at most ${max}`
        : `${name}: ${advised} advised, at most ${max}`,
  anyTime: 'Nothing is set for this account: any time will do.',
  ofHouse: (words: string) => `${words} (house rule)`,
  wakes: 'kept back until',
  slots: (times: string) => `slots ${times}`,
  quiet: (from: string, to: string) => `quiet ${from}–${to}`,
  gap: (span: string) => `${span} apart`,
  hourly: (count: number) => `at most ${count} an hour`,
  daily: (count: number) => `at most ${count} a day`,
  used: 'Sentences, best first',
  article: 'The article',
  leftOut: 'Left out',
  kept: 'Kept',
  spare: 'Fit, and on none of these posts',
  spareWhy:
    'A post takes the best: as many as its network advises, and as it has room for. What somebody took out is here too.',
  rejected: 'Rejected',
  none: 'None.',
  tag: 'Hashtag',
  origin: 'From',
  score: 'Score',
  because: 'Because',
  post: 'Post',
  edited: (name: string) => `${name} (edited)`,
  said: 'Sentences',
  inOthers: 'Other posts',
  saidBy: 'in',
  rank: (rank: number) => `rank ${rank}`,
  whence: (how: 'whole' | 'shortened' | 'edited', place: number | null) =>
    ({ whole: '', shortened: 'shortened from ', edited: 'edited after ' })[how] +
    (place === null ? 'the headline' : `sentence ${place} of the article`),
  notOfArticle: 'not in the article',
  notFound: 'not found:',
  left: { room: 'no room', below: 'others rank higher' },
  counted: (what: 'figures' | 'names' | 'dates' | 'words', found: number, all: number) => `${what} ${found}/${all}`,
  reason: (name: string) => name.replaceAll('-', ' '),
  engine: (engine: string, version: string, lang: string) => `Engine ${engine} ${version}, language ${lang}.`,
} as const;
