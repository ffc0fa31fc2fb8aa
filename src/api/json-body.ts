import type { FastifyInstance } from 'fastify';
import { ApiProblem } from './problem.ts';

/** Deeper than any request of ours by far; a parser and everything after it recurses as deep as the body says. */
const MAX_DEPTH = 32;

/** Reads JSON bodies: UTF-8 only, not too deep, an empty one counts as absent. */
export function readJsonBodies(app: FastifyInstance): void {
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      done(null, parseJson(body as Buffer));
    } catch (error) {
      done(error as Error, undefined);
    }
  });
}

function parseJson(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  const text = decode(bytes);
  if (isDeeperThan(text, MAX_DEPTH)) {
    throw new ApiProblem('invalid', `The body is nested deeper than ${MAX_DEPTH} levels.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ApiProblem('invalid', `The body is not JSON: ${(error as Error).message.slice(0, 200)}.`);
  }
  return value;
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ApiProblem('invalid', 'The body is not UTF-8 text: send JSON encoded as UTF-8, no binary data.');
  }
}

function isDeeperThan(text: string, most: number): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x22) at = endOfString(text, at);
    else if (unit === 0x7b || unit === 0x5b) {
      if (++depth > most) return true;
    } else if (unit === 0x7d || unit === 0x5d) depth--;
  }
  return false;
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x5c) at++;
    else if (unit === 0x22) return at;
  }
  return text.length;
}
