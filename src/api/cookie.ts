import type { CookieSerializeOptions } from '@fastify/cookie';
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
