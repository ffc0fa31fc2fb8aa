/** A stretch of two texts: in both, only in the first, only in the second. */
export interface Change {
  readonly kind: 'same' | 'gone' | 'new';
  readonly text: string;
}

/** Comparing every word with every other grows with the square; beyond this only paragraphs are compared. */
const MOST_WORDS = 2_500;

/** What became of a text, by words; by paragraphs where it is long. */
export function changesBetween(before: string, after: string): Change[] {
  const pattern = /\s+|[^\s]+/g;
  const isLong = before.length + after.length > MOST_WORDS * 12;
  const pieces = (text: string): string[] => (isLong ? text.split(/(?<=\n)/) : (text.match(pattern) ?? []));
  return joined(aligned(pieces(before), pieces(after)));
}

/** Longest common subsequence, from the end, so that the walk goes forward. */
function aligned(one: readonly string[], other: readonly string[]): Change[] {
  const width = other.length + 1;
  const lengths = new Uint32Array((one.length + 1) * width);
  const at = (row: number, column: number): number => lengths[row * width + column] ?? 0;
  for (let row = one.length - 1; row >= 0; row--) {
    for (let column = other.length - 1; column >= 0; column--) {
      lengths[row * width + column] =
        one[row] === other[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const changes: Change[] = [];
  let row = 0;
  let column = 0;
  while (row < one.length || column < other.length) {
    if (row < one.length && column < other.length && one[row] === other[column]) {
      changes.push({ kind: 'same', text: one[row] ?? '' });
      row++;
      column++;
    } else if (column >= other.length || (row < one.length && at(row + 1, column) >= at(row, column + 1))) {
      changes.push({ kind: 'gone', text: one[row++] ?? '' });
    } else {
      changes.push({ kind: 'new', text: other[column++] ?? '' });
    }
  }
  return changes;
}

function joined(changes: readonly Change[]): Change[] {
  const whole: Change[] = [];
  for (const change of changes) {
    const last = whole.at(-1);
    if (last?.kind === change.kind) whole[whole.length - 1] = { ...last, text: last.text + change.text };
    else whole.push(change);
  }
  return whole;
}
