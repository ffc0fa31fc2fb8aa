import { describe, expect, it } from 'vitest';
import { refusePlainHttp } from '../../src/api/cookie.ts';

const http = { host: '127.0.0.1', port: 8484, publicUrl: null, trustedProxies: [], insecureCookies: false };

describe('an installation', () => {
  it.each([
    ['on this machine', {}],
    ['on this machine, IPv6', { host: '::1' }],
    ['by name on this machine', { host: 'localhost' }],
    ['on every address, reached by https', { host: '0.0.0.0', publicUrl: 'https://desk.example.org' }],
    ['in a container, reached from this machine', { host: '0.0.0.0', publicUrl: 'http://localhost:8484' }],
    ['on plain http where the operator means it', { host: '0.0.0.0', insecureCookies: true }],
  ])('%s may start', (_where, more) => {
    expect(() => refusePlainHttp({ http: { ...http, ...more } })).not.toThrow();
  });

  it.each([
    ['on every address', { host: '0.0.0.0' }],
    ['on every address, IPv6', { host: '::' }],
    ['on an address of the house', { host: '192.168.1.5' }],
    ['behind a public http address', { publicUrl: 'http://desk.example.org' }],
    ['behind a name that only looks local', { publicUrl: 'http://localhost.example.org' }],
  ])('%s does not start on plain http, and says what to set', (_where, more) => {
    expect(() => refusePlainHttp({ http: { ...http, ...more } })).toThrow(/STANDFIRST_PUBLIC_URL.*INSECURE_COOKIES=1/);
  });
});
