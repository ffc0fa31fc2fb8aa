/** Every id is a typed prefix and a UUIDv7: sortable by time, and a person sees what it names. */
export const idPrefixes = {
  source: 'src',
  decision: 'dec',
  correction: 'cor',
  story: 'story',
  article: 'art',
  summary: 'sum',
  account: 'acc',
  post: 'post',
  attempt: 'att',
  event: 'evt',
  user: 'user',
  session: 'ses',
  passkey: 'pass',
  apiKey: 'key',
  request: 'req',
  worker: 'wrk',
  media: 'media',
  hold: 'hold',
  recurrence: 'rec',
  endpoint: 'whk',
  delivery: 'dlv',
  notice: 'ntc',
  message: 'msg',
  comment: 'cmt',
  share: 'shr',
} as const;

export type IdKind = keyof typeof idPrefixes;

/** Makes an id of a kind; the composition root supplies it (`io.id`), because chance is an input. */
export type MakeId = (kind: IdKind) => string;
