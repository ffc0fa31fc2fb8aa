import { createConfig, lint } from '@redocly/openapi-core';
import { expect, it } from 'vitest';

/** Beyond what the linter recommends: what a reader of the reference, or a generator of clients, would miss. */
const more = {
  'operation-tag-defined': 'error',
  'parameter-description': 'error',
  'no-unused-components': 'error',
  'no-invalid-schema-examples': 'error',
  'no-invalid-media-type-examples': 'error',
} as const;

it('finds nothing, by its strict rules and some more', async () => {
  const config = await createConfig({ extends: ['recommended-strict'], rules: more });
  const found = await lint({ ref: new URL('../../docs/openapi.json', import.meta.url).pathname, config });
  expect(found.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer}`)).toEqual([]);
});

it('would find what is wrong', async () => {
  const config = await createConfig({ extends: ['recommended-strict'], rules: more });
  const ref = new URL('fixtures/wrong-openapi.json', import.meta.url).pathname;
  const rules = (await lint({ ref, config })).map(({ ruleId }) => ruleId);
  expect(rules).toEqual(expect.arrayContaining(['operation-4xx-response', 'operation-tag-defined', 'struct']));
});
