import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiProblem } from './problem.ts';

/** Says which version an answer shows. */
export function sendVersion(reply: FastifyReply, version: number): void {
  void reply.header('etag', `"${version}"`);
}

/**
 * The version that a change was made from, on a route with `config.ifMatch`. A weak tag is taken as well: proxies that
 * compress weaken ours.
 * @throws ApiProblem `precondition-required` where it is missing, `stale-version` where it cannot be one of ours.
 */
export function versionFrom(request: FastifyRequest): number {
  const version = versionIfSent(request);
  if (version !== null) return version;
  throw new ApiProblem('precondition-required', 'Send the ETag of the version you changed as If-Match, e.g. "3".');
}

/** The same where it may be left out: then null, and whatever is there now is changed. */
export function versionIfSent(request: FastifyRequest): number | null {
  const { config, method, url } = request.routeOptions;
  if (config.ifMatch === undefined)
    throw new Error(`Route ${String(method)} ${url} does not say that it takes If-Match.`);
  const given = request.headers['if-match'];
  if (given === undefined) return null;
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(given.trim())?.[1];
  if (version === undefined) {
    throw new ApiProblem('stale-version', `${given.slice(0, 80)} is not a version of this resource: send its ETag.`);
  }
  return Number(version);
}
