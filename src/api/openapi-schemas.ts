interface Document {
  paths?: object;
  components?: { schemas?: Record<string, unknown>; responses?: object };
}

const REF = '#/components/schemas/';
const INPUT = /Input$/;

/**
 * Keeps only the schemas that something points to. Each noun comes twice, as it is sent (`PostInput`) and as it is
 * answered (`Post`); the one that is never used goes, and what is only ever sent loses its suffix.
 */
export function pruneSchemas<T extends Document>(document: T): T {
  const schemas = withoutPatterns(document.components?.schemas ?? {});
  const used = reachable([document.paths, document.components?.responses], schemas);
  const names = new Map([...used].map((name) => [name, shortName(name, used)]));
  const kept = [...names].map(([name, short]): [string, unknown] => [short, renamed(schemas[name], names)]);
  return {
    ...document,
    paths: renamed(withoutPatterns(document.paths), names),
    components: {
      ...document.components,
      schemas: Object.fromEntries(kept.sort(([one], [other]) => (one < other ? -1 : 1))),
    },
  };
}

/** `format` says what an expression of 300 characters beside it only checks. */
function withoutPatterns<V>(value: V): V {
  const walk = (_key: string, node: unknown): unknown => {
    const { format, pattern, ...rest } = (node ?? {}) as { format?: unknown; pattern?: unknown };
    return typeof format === 'string' && typeof pattern === 'string' ? { ...rest, format } : node;
  };
  return JSON.parse(JSON.stringify(value), walk) as V;
}

function reachable(from: unknown, schemas: Readonly<Record<string, unknown>>): Set<string> {
  const used = new Set<string>();
  const open: unknown[] = [from];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    for (const [, name = ''] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (used.has(name)) continue;
      used.add(name);
      open.push(schemas[name]);
    }
  }
  return used;
}

function shortName(name: string, used: ReadonlySet<string>): string {
  const short = name.replace(INPUT, '');
  return used.has(short) ? name : short;
}

function renamed<V>(value: V, names: ReadonlyMap<string, string>): V {
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk);
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(
      Object.entries(node).map(([key, inner]) => {
        const isRef = key === '$ref' && typeof inner === 'string' && inner.startsWith(REF);
        return [key, isRef ? REF + (names.get(inner.slice(REF.length)) ?? '') : walk(inner)];
      }),
    );
  };
  return walk(value) as V;
}
