/** What `standfirst batch` can do with each line. */
export const batchKinds = ['extract', 'summary', 'hashtags', 'feed', 'measure'] as const;

export type BatchKind = (typeof batchKinds)[number];
