import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { PostView } from './schemas/post.ts';
import { importColumns } from './schemas/post-import.ts';
import { invalid } from './validate.ts';

/**
 * The rows of a CSV file with a header line (parted by commas, semicolons or tabs), each as a new post is written in JSON, unchecked. `schedule` is `now`,
 * `next-slot`, `review`, `draft` (also where it is empty), an instant, or a local time beside `timeZone`.
 * @throws ApiProblem for a file that is not CSV or has other columns.
 */
export function rowsOfCsv(csv: string): Record<string, unknown>[] {
  let records: Record<string, string>[];
  try {
    records = parse(csv, {
      bom: true,
      columns: headerOf,
      delimiter: delimiterOf(csv),
      skip_empty_lines: true,
      trim: true,
      max_record_size: 200_000,
    });
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    throw invalid([{ pointer: '/csv', code: 'not-csv', message: `is not CSV: ${error.message.slice(0, 200)}` }]);
  }
  return records.map(rowOf);
}

/** Spreadsheets part cells by what their country writes numbers without: the header line tells. */
function delimiterOf(csv: string): string {
  const [header = ''] = csv.trimStart().split(/[\r\n]/, 1);
  return [',', ';', '\t'].find((sign) => header.includes(sign)) ?? ',';
}

function headerOf(names: string[]): string[] {
  const unknown = names.filter((name) => !(importColumns as readonly string[]).includes(name));
  const missing = ['accounts', 'text'].filter((name) => !names.includes(name));
  if (unknown.length === 0 && missing.length === 0) return names;
  const what = missing.length > 0 ? `lacks the column ${missing.join(', ')}` : `has the column “${unknown[0]}”`;
  throw invalid([
    { pointer: '/csv', code: 'columns', message: `${what}: its first line names some of ${importColumns.join(',')}` },
  ]);
}

function rowOf(record: Record<string, string>): Record<string, unknown> {
  const { accounts = '', text, schedule, timeZone, ...rest } = record;
  const filled = Object.entries(rest).filter(([, value]) => value !== '');
  return {
    accountIds: accounts.split(';').flatMap((account) => account.trim() || []),
    text,
    ...Object.fromEntries(filled),
    ...(schedule === undefined || schedule === '' ? {} : { schedule: timeOf(schedule, timeZone) }),
  };
}

function timeOf(schedule: string, timeZone: string | undefined): unknown {
  if (!/^\d/.test(schedule)) return schedule;
  return timeZone === undefined || timeZone === '' ? { at: schedule } : { wallTime: schedule, timeZone };
}

/** Columns of an exported file: what a newsroom counts and checks, one post a line. */
const exportColumns: Readonly<Record<string, (post: PostView) => string | number | null>> = {
  id: (post) => post.id,
  state: (post) => post.state,
  network: (post) => post.network,
  accountId: (post) => post.accountId,
  storyId: (post) => post.storyId,
  urgency: (post) => post.urgency,
  text: (post) => post.parts.map((part) => part.text).join('\n\n'),
  link: (post) => post.link,
  lang: (post) => post.lang,
  dueAt: (post) => post.dueAt,
  publishedAt: (post) => post.publishedAt,
  latenessMs: (post) => post.latenessMs,
  url: (post) => post.url,
  failure: (post) => post.failure?.detail ?? null,
  approvedBy: (post) => post.approvedBy,
  createdBy: (post) => post.createdBy,
  createdAt: (post) => post.createdAt,
};

/** The first line of an exported file. */
export function csvHeader(): string {
  return stringify([Object.keys(exportColumns)]);
}

/** Posts as lines. A cell that a spreadsheet would run as a formula gets an apostrophe before it. */
export function csvOf(posts: readonly PostView[]): string {
  const cells = posts.map((post) => Object.values(exportColumns).map((cell) => harmless(cell(post))));
  return stringify(cells);
}

/**
 * Full-width signs count too, and white space before a sign does not help. Where a country parts cells by semicolons, its
 * spreadsheets part ours there, at tabs and at line breaks too: what follows them is a cell of its own.
 */
function harmless(cell: string | number | null): string | number | null {
  return typeof cell === 'string' ? cell.replace(/(^|[;\t\r\n])(\s*)(?=[=+\-@＝＋－＠])/gu, "$1'$2") : cell;
}
