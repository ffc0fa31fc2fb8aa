/** A line longer than this is not read into memory: its place in the order is kept, and its words are not. Bytes. */
export const LONGEST_LINE = 32 * 1024 * 1024;

const NEWLINE = 0x0a;
const BYTE_ORDER_MARK = '\ufeff';

/**
 * The lines of a stream of bytes, in order, as UTF-8. Only a line feed ends a line: JSON strings may hold any other mark that
 * some programs take for one (U+2028). A byte order mark in front of the first is not part of it.
 * @returns null in place of a line that is longer than {@link LONGEST_LINE}
 */
export async function* linesOf(
  bytes: AsyncIterable<Uint8Array>,
  longest = LONGEST_LINE,
): AsyncGenerator<string | null> {
  let pieces: Uint8Array[] = [];
  let size = 0;
  let isFirst = true;
  const take = (): string | null => {
    const line = size > longest ? null : Buffer.concat(pieces).toString('utf8');
    const said = isFirst && line?.startsWith(BYTE_ORDER_MARK) ? line.slice(1) : line;
    [pieces, size, isFirst] = [[], 0, false];
    return said;
  };
  const keep = (piece: Uint8Array): void => {
    size += piece.length;
    if (size > longest) pieces = [];
    else pieces.push(piece);
  };
  for await (const chunk of bytes) {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      keep(chunk.subarray(from, at));
      yield take();
      from = at + 1;
    }
    keep(chunk.subarray(from));
  }
  if (size > 0) yield take();
}
