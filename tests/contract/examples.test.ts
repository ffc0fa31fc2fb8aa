import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { expect, it } from 'vitest';
import { openInstallation } from '../api/installation.ts';
import { bodyExamples, operationsOf, readDocument } from './document.ts';
import { Asker } from './ask.ts';
import { openOutside } from './outside.ts';
import { walk } from './walk.ts';

const document = readDocument();
const operations = operationsOf(document);

it('works as it says: each operation with each example, each answer as documented', { timeout: 180_000 }, async () => {
  await using outside = await openOutside();
  const here = await openInstallation({ STANDFIRST_PROXY: outside.proxy }, { hostFloorMs: 0 });
  try {
    await here.app.listen({ host: '127.0.0.1', port: 0 });
    const { asked } = await walk(here, document, outside);
    expect([...asked].sort()).toEqual(operations.map(({ operation }) => operation.operationId).sort());
  } finally {
    await here.close();
  }
});

const sixEyes = { 'application/json': { schema: { type: 'object', required: ['sixEyes'] } } };
it.each([
  ['of another form', { 200: { content: sixEyes } }, /data must have required property 'sixEyes'/],
  ['with another status', { 201: {} }, /not documented/],
])('is held to: an answer %s is noticed', async (_what, responses, sentence) => {
  const here = await openInstallation();
  const wrong = { ...document, paths: { '/v1/team': { get: { operationId: 'getTeamRules', responses } } } };
  const desk = new Asker(here, wrong, await here.key());
  await expect(desk.ask('getTeamRules')).rejects.toThrow(sentence);
  await here.close();
});

/** Only a browser can answer what `beginPasskey` asks. */
const withoutExample = ['addPasskey'];

it('has an example for every body with fields', () => {
  const lacking = operations.filter(({ operation }) => {
    const body = operation.requestBody?.content['application/json'];
    return body !== undefined && !isEmpty(body.schema) && bodyExamples(operation, document).length === 0;
  });
  expect(lacking.map(({ operation }) => operation.operationId)).toEqual(withoutExample);
});

/** `null` or an object without fields. */
function isEmpty(schema: unknown): boolean {
  return !JSON.stringify(schema).includes('$ref') && !/"properties":\{"/.test(JSON.stringify(schema));
}

it('has no example that its schema refuses, at any depth', () => {
  const ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
  ajv.addFormat('binary', true);
  ajv.addSchema({ $id: 'api', ...document });
  let count = 0;
  const visit = (node: unknown, place: string): void => {
    if (typeof node !== 'object' || node === null) return;
    const { examples, example, schema } = node as { examples?: unknown; example?: unknown; schema?: unknown };
    const given = Array.isArray(examples) ? examples : example === undefined ? [] : [example];
    const named = typeof examples === 'object' && !Array.isArray(examples) ? Object.values(examples ?? {}) : [];
    for (const value of [...given, ...named.map((one) => (one as { value: unknown }).value)]) {
      const validate = ajv.compile({ $ref: `api#${place}${schema === undefined ? '' : '/schema'}` });
      expect(validate(value), `${place}: ${JSON.stringify(value)} ${ajv.errorsText(validate.errors)}`).toBe(true);
      count++;
    }
    for (const [name, inner] of Object.entries(node))
      if (!/^examples?$/.test(name))
        visit(inner, `${place}/${encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))}`);
  };
  visit(document, '');
  expect(count).toBeGreaterThan(50);
});
