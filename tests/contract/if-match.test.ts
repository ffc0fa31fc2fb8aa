import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly required?: boolean }[];
  readonly responses: object;
}

/** What overwrites nothing that somebody else wrote and could have read. */
const WITHOUT: Readonly<Record<string, string>> = {
  'PATCH /v1/stories/{id}': 'embargo and urgency, each named whole; the text has an address of its own',
  'PUT /v1/accounts/{id}/credentials': 'a secret, which nobody reads',
  'PUT /v1/session/password': 'a secret, which nobody reads',
};

const { paths } = JSON.parse(readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8')) as {
  paths: Record<string, Record<string, Operation>>;
};
const operations = Object.entries(paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => {
    const ifMatch = operation.parameters?.find(({ name }) => name === 'If-Match');
    return { name: `${method.toUpperCase()} ${path}`, operation, ifMatch };
  }),
);

it('is needed by whatever overwrites what others write too, and by nothing else', () => {
  const overwriting = operations.filter(({ name }) => /^(PATCH|PUT) /.test(name));
  expect(overwriting.length).toBeGreaterThan(8);
  const free = overwriting.filter(({ ifMatch }) => ifMatch?.required !== true).map(({ name }) => name);
  expect(free.sort()).toEqual(Object.keys(WITHOUT).sort());
  const needing = operations.filter(({ ifMatch }) => ifMatch?.required === true);
  expect(needing.every(({ name }) => /^(PATCH|PUT) /.test(name))).toBe(true);
});

it('is taken by every verb of a post', () => {
  const verbs = operations.filter(({ name }) => name.startsWith('POST /v1/posts/{id}/') && !name.endsWith('/dry-run'));
  expect(verbs.length).toBeGreaterThan(12);
  expect(verbs.filter(({ ifMatch }) => ifMatch === undefined).map(({ name }) => name)).toEqual([]);
});
