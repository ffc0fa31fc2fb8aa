import type { FastifyRequest } from 'fastify';
import { ApiProblem } from './problem.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses an unsafe request with a session cookie that another site made. `Sec-Fetch-Site` where the browser sends it,
 * else `Origin`; and a shape that a plain form cannot have (JSON, or our header), so that a browser must ask first.
 * https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
 * @throws ApiProblem `cross-site`
 */
export function checkSameOrigin(request: FastifyRequest, publicUrl: string | null): void {
  if (SAFE.has(request.method)) return;
  checkOrigin(request, publicUrl);
  const isJson = /^application\/json\b/i.test(request.headers['content-type'] ?? '');
  if (!isJson && request.headers['x-standfirst'] !== '1') {
    throw new ApiProblem('cross-site', 'The request carries neither JSON nor the header X-Standfirst: 1.');
  }
}

/** The first half alone, for the sign-in form of our own page. @throws ApiProblem `cross-site` */
export function checkOrigin(request: FastifyRequest, publicUrl: string | null): void {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) {
    if (site === 'same-origin') return;
    throw new ApiProblem('cross-site', `The request was made by another page (Sec-Fetch-Site: ${String(site)}).`);
  }
  const origin = request.headers.origin;
  if (origin !== undefined && isOurs(origin, request, publicUrl)) return;
  throw new ApiProblem('cross-site', 'The request does not say that it comes from our own page (Origin).');
}

function isOurs(origin: string, request: FastifyRequest, publicUrl: string | null): boolean {
  if (!URL.canParse(origin)) return false;
  if (publicUrl !== null && new URL(publicUrl).origin === origin) return true;
  return new URL(origin).host === request.host;
}
