import type { Fault } from '../../domain/errors.ts';
import { checkPosts, createManyPosts, reasonToWait } from '../../pipeline/create-posts.ts';
import type { ReadyPost } from '../../pipeline/create-posts.ts';
import { listAccounts } from '../../store/account.ts';
import { getHouseRules } from '../../store/house-rules.ts';
import { callerOf } from '../authenticate.ts';
import type { Caller } from '../caller.ts';
import type { Api, ApiContext } from '../parts.ts';
import { rowsOfCsv } from '../post-csv.ts';
import { ApiProblem } from '../problem.ts';
import { pointerInto, readyPostOf } from '../ready-post.ts';
import { newPost } from '../schemas/new-post.ts';
import { importReport, MAX_ROWS, postImport } from '../schemas/post-import.ts';
import { accountsWithin } from '../test-keys.ts';
import { faultsOf, invalid } from '../validate.ts';

/** A row that could be read, or what is wrong with it. Pointers are inside the row. */
type Row = { readonly ready: ReadyPost; readonly text: string | undefined } | { readonly faults: readonly Fault[] };

/** Many ready texts at once, from JSON or CSV. */
export function postImportRoutes(app: Api, context: ApiContext): void {
  app.post(
    '/v1/post-imports',
    {
      schema: {
        operationId: 'importPosts',
        summary: 'Queue many ready texts at once, from JSON or CSV',
        description:
          'All or none: one row that is not right, and none is written. With `dryRun` nothing is written and every row is reported.',
        tags: ['posts'],
        body: postImport,
        response: { 200: importReport, 201: importReport },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const { rows: given, csv, dryRun } = request.body;
      const rows = await readRows(given ?? rowsOfCsv(csv ?? ''), caller, context);
      const faults = await faultsByRow(rows, context);
      const faulty = faults.filter((found) => found.length > 0).length;
      if (!dryRun && faulty > 0) throw refusal(faults, faulty);
      const ready = rows.flatMap((row) => ('ready' in row ? [row.ready] : []));
      const ids = dryRun ? [] : await createManyPosts(context, ready, caller.id);
      const { rules } = await getHouseRules(context.database);
      const reasons = rows.map((row) => ('ready' in row ? reasonToWait(row.ready, rules) : null));
      const report = {
        dryRun,
        right: rows.length - faulty,
        faulty,
        rows: rows.map((_, index) => ({
          row: index + 1,
          postIds: ids[index] ?? [],
          reason: reasons[index] ?? null,
          faults: [...(faults[index] ?? [])],
        })),
      };
      return reply.code(dryRun ? 200 : 201).send(report);
    },
  );
}

async function readRows(given: readonly unknown[], caller: Caller, context: ApiContext): Promise<Row[]> {
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
  const rows = given.map((row) => readRow(withIds(row, idOf), caller, now));
  const wanted = rows.flatMap((row) => ('ready' in row ? row.ready.accountIds : []));
  await accountsWithin(caller, context.database, wanted);
  return rows;
}

/** Accounts may be called by their names, where only one has it. */
function withIds(row: unknown, idOf: (name: string) => string): unknown {
  const ids = (row as { accountIds?: unknown } | null)?.accountIds;
  if (!Array.isArray(ids)) return row;
  return { ...(row as object), accountIds: ids.map((id: unknown) => (typeof id === 'string' ? idOf(id) : id)) };
}

function readRow(row: unknown, caller: Caller, now: Date): Row {
  const parsed = newPost.safeParse(row);
  if (!parsed.success) return { faults: parsed.error.issues.flatMap((issue) => faultsOf(issue, '/').map(named)) };
  return { ready: readyPostOf(parsed.data, caller, now), text: parsed.data.text };
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
