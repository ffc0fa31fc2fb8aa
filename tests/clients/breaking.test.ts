import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { breakingChanges } from '../../clients/breaking.ts';
import type { Document } from '../../clients/breaking.ts';

/** A small document of our own, as text, so that a change is a replacement. */
const ferries = JSON.stringify({
  info: { version: '1.0.0' },
  paths: {
    '/ferries': {
      get: {
        operationId: 'listFerries',
        parameters: [
          { name: 'pier', in: 'query', schema: { type: 'string', enum: ['north', 'south'] } },
          { name: 'limit', in: 'query', schema: { type: 'integer', maximum: 100 } },
        ],
        responses: {
          200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Ferries' } } } },
          '4XX': { description: 'A problem.' },
        },
      },
      post: {
        operationId: 'addFerry',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/New' } } },
        },
        responses: { 201: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Ferry' } } } } },
      },
    },
  },
  components: {
    schemas: {
      Ferries: {
        type: 'object',
        properties: { data: { type: 'array', items: { $ref: '#/components/schemas/Ferry' } } },
      },
      Ferry: {
        type: 'object',
        properties: {
          name: { type: 'string' },
          seats: { type: 'integer' },
          next: { anyOf: [{ $ref: '#/components/schemas/Ferry' }, { type: 'null' }] },
        },
        required: ['name', 'seats'],
      },
      New: {
        type: 'object',
        properties: { name: { type: 'string', maxLength: 40 }, seats: { type: ['integer', 'null'] } },
        required: ['name'],
        additionalProperties: false,
      },
    },
  },
});

const changed = (from: string, to: string): string[] => {
  expect(ferries).toContain(from);
  return breakingChanges(JSON.parse(ferries) as Document, JSON.parse(ferries.replace(from, to)) as Document);
};

describe('what breaks those who use the API', () => {
  it.each([
    ['an operation that is gone', '"post":', '"put":', 'POST /ferries is gone.'],
    ['another name', 'addFerry', 'makeFerry', 'POST /ferries is called makeFerry, not addFerry.'],
    ['a filter that is gone', '"name":"pier"', '"name":"quay"', 'GET /ferries does not take the query pier any more.'],
    [
      'a filter that is needed',
      '"in":"query","schema":{"type":"int',
      '"in":"query","required":true,"schema":{"type":"int',
      'GET /ferries needs the query limit now.',
    ],
    ['a value that is refused', '["north","south"]', '["north"]', 'GET /ferries refuses south in the query pier.'],
    ['a tighter limit', '"maximum":100', '"maximum":50', 'GET /ferries takes less in the query limit: maximum is 50.'],
    [
      'a shorter text',
      '"maxLength":40',
      '"maxLength":20',
      'POST /ferries takes less in name in the body: maxLength is 20.',
    ],
    [
      'a form',
      '"maxLength":40',
      '"maxLength":40,"pattern":"^[a-z]+$"',
      'POST /ferries asks for another pattern in name in the body.',
    ],
    [
      'a field that is needed',
      '"required":["name"]',
      '"required":["name","seats"]',
      'POST /ferries needs seats in the body now.',
    ],
    [
      'a field that is refused',
      '"maxLength":40},"seats"',
      '"maxLength":40},"places"',
      'POST /ferries refuses seats in the body.',
    ],
    ['null that is refused', '["integer","null"]', '"integer"', 'POST /ferries refuses seats in the body as null.'],
    ['a status', '"201":', '"202":', 'POST /ferries does not answer 201 any more.'],
    [
      'null in an answer',
      '"seats":{"type":"integer"}',
      '"seats":{"type":["integer","null"]}',
      'POST /ferries may give seats in the answer as null now.',
    ],
    [
      'a field that may be missing',
      '"required":["name","seats"]',
      '"required":["name"]',
      'POST /ferries does not promise seats in the answer any more.',
    ],
    ['a field that is gone', '"next":{', '"later":{', 'POST /ferries does not give next in the answer any more.'],
  ])('%s', (_what, from, to, sentence) => {
    expect(changed(from, to)).toContain(sentence);
  });

  it.each([
    ['a further field of an answer', '"name":{"type":"string"}', '"name":{"type":"string"},"pier":{"type":"string"}'],
    ['a further field that may be sent', '"maxLength":40}', '"maxLength":40},"pier":{"type":"string"}'],
    ['a further filter', '"parameters":[', '"parameters":[{"name":"q","in":"query","schema":{"type":"string"}},'],
    ['a further value that may be sent', '["north","south"]', '["north","south","east"]'],
    ['a wider limit', '"maximum":100', '"maximum":200'],
    ['a body that may be left out', '"required":true,"content"', '"required":false,"content"'],
    ['a further operation', '"post":{', '"delete":{"operationId":"x","responses":{}},"post":{'],
    ['another status of a refusal', '"4XX"', '"400"'],
  ])('is not %s', (_what, from, to) => {
    expect(changed(from, to)).toEqual([]);
  });

  it('is nothing between the committed document and itself', () => {
    const document = JSON.parse(readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8')) as Document;
    expect(breakingChanges(document, document)).toEqual([]);
    const { [Object.keys(document.paths)[0] ?? '']: _gone, ...paths } = document.paths;
    expect(breakingChanges(document, { ...document, paths }).length).toBeGreaterThan(0);
  });
});
