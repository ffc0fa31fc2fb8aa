import { BlockList, isIPv4, isIPv6 } from 'node:net';
import type { CookieSerializeOptions } from '@fastify/cookie';
import { Refusal } from '../domain/errors.ts';
import { SESSION_MAX_AGE_MS } from '../store/session.ts';
import type { ApiSettings } from './parts.ts';

/**
 * Name of the session's cookie. `__Host-` makes a browser refuse it without `Secure`, with a domain, or on another path
 * (RFC 6265bis, 4.1.3.2). Browsers take Secure cookies from http://localhost; on other plain http only the operator's
 * word STANDFIRST_INSECURE_COOKIES gives a cookie at all.
 */
export function cookieName(settings: Pick<ApiSettings, 'http'>): string {
  return settings.http.insecureCookies ? 'sf_session' : '__Host-sf_session';
}

/** Not readable by scripts, not sent with another site's requests, for as long as the session can last. */
export function cookieOptions(settings: Pick<ApiSettings, 'http'>): CookieSerializeOptions {
  return {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: !settings.http.insecureCookies,
    maxAge: SESSION_MAX_AGE_MS / 1000,
  };
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/**
 * Over plain http a session can be read on the way, and browsers refuse its cookie, except on this machine itself.
 * @throws Refusal where people would reach this installation so and the operator has not said that it is meant.
 */
export function refusePlainHttp({ http }: Pick<ApiSettings, 'http'>): void {
  if (http.insecureCookies) return;
  const address = http.publicUrl ?? `http://${isIPv6(http.host) ? `[${http.host}]` : http.host}`;
  const { protocol, hostname } = new URL(address);
  if (protocol === 'https:' || isThisMachine(hostname.replace(/^\[|\]$/g, ''))) return;
  throw new Refusal(
    'invalid',
    `People would reach standfirst at ${address}, where browsers keep no secure cookie and nobody could sign in. Put https in front and set STANDFIRST_PUBLIC_URL to its address, or set STANDFIRST_INSECURE_COOKIES=1.`,
  );
}

function isThisMachine(host: string): boolean {
  if (isIPv4(host)) return loopback.check(host, 'ipv4');
  if (isIPv6(host)) return loopback.check(host, 'ipv6');
  return host === 'localhost' || host.endsWith('.localhost');
}
