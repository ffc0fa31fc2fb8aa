import { createHash } from 'node:crypto';
import type { Fault } from '../../domain/errors.ts';
import { createManyPosts } from '../../pipeline/create-posts.ts';
import { checkPosts, reasonToWait } from '../../pipeline/check-posts.ts';
import type { ReadyPost } from '../../pipeline/check-posts.ts';
import { listAccounts } from '../../store/account.ts';
import { importedRows, noteImported } from '../../store/imported.ts';
import { getHouseRules } from '../../store/house-rules.ts';
import { callerOf } from '../authenticate.ts';
import type { Caller } from '../caller.ts';
import type { Api, ApiContext } from '../parts.ts';
import { ApiProblem } from '../problem.ts';
import type { Sql } from '../../store/database.ts';
import { described, pointerInto, readyPostOf } from '../ready-post.ts';
import { newPost } from '../schemas/new-post.ts';
import { importReport, MAX_ROWS, postImport } from '../schemas/post-import.ts';
import { accountsWithin } from '../test-keys.ts';
import { faultsOf, invalid } from '../validate.ts';

/** A row that could be read, the posts of one that is there already, or what is wrong with it. Pointers are inside the row. */
type Row = ReadyRow | { readonly there: readonly string[] } | { readonly faults: readonly Fault[] };
type ReadyRow = { readonly ready: ReadyPost; readonly text: string | undefined; readonly sum: string };

/** Many ready texts at once, from JSON or CSV. */
export function postImportRoutes(app: Api, context: ApiContext): void {
  app.post(
    '/v1/post-imports',
    {
      schema: {
        operationId: 'importPosts',
        summary: 'Queue many ready texts at once, from JSON or CSV',
        description:
          'All or none: one row that is not right, and none is written. With `dryRun` nothing is written and every row is reported. A row that the same caller has imported within 24 hours is told as there and not written again, so that a file may be sent twice.',
        tags: ['posts'],
        body: postImport,
        response: { 200: importReport, 201: importReport },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const { rows: given, csv, dryRun, again } = request.body;
      const rows = await readRows(given ?? (await rowsIn(csv ?? '')), caller, context, again);
      const faults = await faultsByRow(rows, context);
      const faulty = faults.filter((found) => found.length > 0).length;
      if (!dryRun && faulty > 0) throw refusal(faults, faulty);
      const news = rows.flatMap((row) => ('ready' in row ? [row] : []));
      const made = dryRun ? [] : await write(context, news, caller, again);
      const ids = new Map(news.map((row, index) => [row as Row, made[index] ?? []]));
      const { rules } = await getHouseRules(context.database);
      const reasons = rows.map((row) => ('ready' in row ? reasonToWait(row.ready, rules) : null));
      const report = {
        dryRun,
        right: rows.length - faulty,
        faulty,
        there: rows.filter((row) => 'there' in row).length,
        rows: rows.map((row, index) => ({
          row: index + 1,
          isThere: 'there' in row,
          postIds: 'there' in row ? [...row.there] : (ids.get(row) ?? []),
          reason: reasons[index] ?? null,
          faults: [...(faults[index] ?? [])],
        })),
      };
      return reply.code(dryRun ? 200 : 201).send(report);
    },
  );
}

async function write(
  context: ApiContext,
  rows: readonly ReadyRow[],
  caller: Caller,
  again: boolean,
): Promise<string[][]> {
  if (rows.length === 0) return [];
  const ready = rows.map((row) => row.ready);
  return createManyPosts(context, ready, caller.id, undefined, (sql, ids) => {
    const written = rows.map(({ sum }, index) => ({ sum, postIds: ids[index] ?? [] }));
    return noteImported(sql, caller.id, written, again);
  });
}

async function readRows(
  given: readonly unknown[],
  caller: Caller,
  context: ApiContext,
  again: boolean,
): Promise<Row[]> {
  if (given.length === 0 || given.length > MAX_ROWS) {
    const message = `holds ${given.length.toLocaleString('en')} rows: 1 to ${MAX_ROWS.toLocaleString('en')} are possible`;
    throw invalid([{ pointer: '', code: 'row-count', message }]);
  }
  const accounts = await listAccounts(context.database);
  const idOf = (name: string): string => {
    const named = accounts.filter((account) => account.name === name);
    return named.length === 1 ? (named[0]?.id ?? name) : name;
  };
  const now = context.io.now();
  const named = given.map((row) => withIds(row, idOf));
  const sums = sumsOf(named);
  const there = again ? new Map<string, string[]>() : await importedRows(context.database, caller.id, sums);
  const rows: Row[] = [];
  for (const [index, row] of named.entries()) {
    const sum = sums[index] ?? '';
    const posts = there.get(sum);
    rows.push(posts === undefined ? await readRow(context.database, row, sum, caller, now) : { there: posts });
  }
  const wanted = rows.flatMap((row) => ('ready' in row ? row.ready.accountIds : []));
  await accountsWithin(caller, context.database, wanted);
  return rows;
}

/** What each row says, as a sum; the second of two equal rows of one file is another one. */
function sumsOf(rows: readonly unknown[]): string[] {
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const said = JSON.stringify(row, (_key, inner: unknown) =>
      typeof inner === 'object' && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
        : inner,
    );
    const n = (seen.get(said) ?? 0) + 1;
    seen.set(said, n);
    return createHash('sha256').update(`${n} ${said}`, 'utf8').digest('hex');
  });
}

/** Accounts may be called by their names, where only one has it. */
function withIds(row: unknown, idOf: (name: string) => string): unknown {
  const ids = (row as { accountIds?: unknown } | null)?.accountIds;
  if (!Array.isArray(ids)) return row;
  return { ...(row as object), accountIds: ids.map((id: unknown) => (typeof id === 'string' ? idOf(id) : id)) };
}

async function readRow(sql: Sql, row: unknown, sum: string, caller: Caller, now: Date): Promise<Row> {
  const parsed = newPost.safeParse(row);
  if (!parsed.success) return { faults: parsed.error.issues.flatMap((issue) => faultsOf(issue, '/').map(named)) };
  return { ready: readyPostOf(await described(sql, parsed.data), caller, now), text: parsed.data.text, sum };
}

/** Whoever calls accounts by their names is not helped by the form of an id. */
function named(fault: Fault): Fault {
  if (!/^\/accountIds\/\d+$/.test(fault.pointer) || fault.code !== 'invalid-format') return fault;
  return { ...fault, code: 'unknown-account', message: 'is neither the id of an account nor the name of just one' };
}

async function faultsByRow(rows: readonly Row[], context: ApiContext): Promise<(readonly Fault[])[]> {
  const readable = rows.flatMap((row) => ('ready' in row ? [row] : []));
  const checked = await checkPosts(
    context,
    readable.map((row) => row.ready),
  );
  const found = new Map(
    readable.map((row, index) => [
      row as Row,
      (checked[index] ?? []).map((fault) => ({ ...fault, pointer: pointerInto({ text: row.text }, fault.pointer) })),
    ]),
  );
  return rows.map((row) => ('faults' in row ? row.faults : (found.get(row) ?? [])));
}

function refusal(faults: readonly (readonly Fault[])[], faulty: number): ApiProblem {
  const all = faults.flatMap((found, index) =>
    found.map((fault) => ({ ...fault, pointer: `/rows/${index}${fault.pointer}` })),
  );
  const rows = faulty === 1 ? '1 row is' : `${faulty.toLocaleString('en')} rows are`;
  const [first] = all;
  const detail = `${rows} not right, so none was written; the first: ${first?.pointer ?? ''} ${first?.message ?? ''}`;
  return new ApiProblem('invalid', detail, all.slice(0, 1000));
}

/** What reads CSV is loaded by whoever sends some: most of those who run an API never do. */
async function rowsIn(csv: string): Promise<Record<string, unknown>[]> {
  const { rowsOfCsv } = await import('../post-csv.ts');
  return rowsOfCsv(csv);
}
