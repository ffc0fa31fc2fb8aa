/** Each sentence with the space that parts it from the next; scripts that end a sentence with a wide mark have none. */
export function spaced(sentences: readonly { readonly text: string }[]): string[] {
  return sentences.map(({ text }) => (/[。！？」』）][”’]?$/u.test(text) ? text : `${text} `));
}

/** Sentences as one text, each parted from the next as its script does it. */
export function joinSentences(sentences: readonly { readonly text: string }[]): string {
  return spaced(sentences).join('').trim();
}
