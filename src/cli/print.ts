/** Prints a line for whoever asked: the value as JSON where they want that, else words. */
export function printLine({ json }: { readonly json?: boolean | undefined }, value: unknown, words: string): void {
  process.stdout.write(`${json === true ? JSON.stringify(value) : harmless(words)}\n`);
}

/**
 * Words with foreign text in them, as a terminal may show them: nothing in a name or in an answer moves the cursor, changes
 * colours, or turns the order of letters around.
 */
export function harmless(words: string): string {
  return words.replace(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu, ' ');
}
