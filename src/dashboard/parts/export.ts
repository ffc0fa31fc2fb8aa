import type { Post } from '../api/types.ts';
import type { Where } from './use-networks.ts';

/** Posts as a table that spreadsheets read. A cell that begins like a formula is made plain text. */
export function toCsv(posts: readonly Post[], where: (accountId: string, network: string) => Where): string {
  const head = ['id', 'network', 'account', 'state', 'dueAt', 'publishedAt', 'latenessMs', 'url', 'approvedBy', 'text'];
  const rows = posts.map((post) => [
    post.id,
    post.network,
    where(post.accountId, post.network).accountName,
    post.state,
    post.dueAt,
    post.publishedAt,
    post.latenessMs,
    post.url,
    post.approvedBy,
    post.parts.map((part) => part.text).join('\n\n'),
  ]);
  return [head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n');
}

function cell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  // Full-width signs count too, and white space before them does not help: a spreadsheet would run it as a formula.
  const safe = /^\s*[=+\-@＝＋－＠]/u.test(text) && typeof value === 'string' ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** Gives the reader a file, without asking anybody. */
export function download(name: string, type: string, content: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1_000);
}
