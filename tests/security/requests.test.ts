import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { access } from '../../src/api/access-table.ts';
import { openInstallation, problemOf } from '../api/installation.ts';
import type { Installation } from '../api/installation.ts';
import { cookieOf, join, newAddress, PASSWORD, postForm, tokenOf } from '../api/member.ts';

let here: Installation;
beforeAll(async () => void (here = await openInstallation()));
afterAll(() => here.close());

const routes = Object.keys(access).map((name) => {
  const [method = 'GET', url = '/'] = name.split(' ');
  return {
    name,
    method: method as 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: url.replaceAll(/:\w+/g, 'post_none'),
  };
});

describe('a request', () => {
  it('makes us ask nobody outside by any header of its own', async () => {
    let asked = 0;
    const outside = createServer((_, response) => {
      asked++;
      response.end();
    }).listen(0, '127.0.0.1');
    const own = await openInstallation({ STANDFIRST_ALLOW_PRIVATE: '127.0.0.0/8' });
    try {
      const { port } = outside.address() as AddressInfo;
      const headers = [
        'host',
        'x-forwarded-host',
        'x-forwarded-for',
        'x-original-url',
        'x-rewrite-url',
        'referer',
        'forwarded',
        'reload',
        'x-url',
        'origin',
      ];
      const key = await own.key();
      for (const { method, url, name } of routes) {
        if (name === 'GET /v1/events') continue;
        const pointed = Object.fromEntries(
          headers.map((header) => [
            header,
            header.includes('host') ? `127.0.0.1:${port}` : `http://127.0.0.1:${port}/${header}`,
          ]),
        );
        const payload = method === 'GET' ? {} : { payload: {} };
        await own.app.inject({ method, url, headers: { ...key, ...pointed }, remoteAddress: newAddress(), ...payload });
      }
      expect(asked).toBe(0);
    } finally {
      await own.close();
      outside.close();
    }
  });

  // Forms and files are read where a page of ours sends them, and nowhere else.
  const OTHERS: Record<string, RegExp> = {
    'application/x-www-form-urlencoded': /^POST \/(sign-in|sign-in\/keep|connect\/choose)$/,
    'multipart/form-data; boundary=x': /^POST \/v1\/media$/,
    'text/plain': /^$/,
    'application/xml': /^$/,
    'application/json, text/html': /^$/,
  };
  it.each(routes.filter(({ method }) => method !== 'GET' && method !== 'DELETE'))(
    '$name takes its body as what it says it is, and as nothing else',
    async ({ name, method, url }) => {
      for (const [type, allowed] of Object.entries(OTHERS)) {
        if (allowed.test(name)) continue;
        const headers = { ...(await here.key()), 'content-type': type, 'sec-fetch-site': 'same-origin' };
        const payload =
          '--x\r\nContent-Disposition: form-data; name="files"; filename="/etc/passwd"\r\n\r\n{}\r\n--x--';
        const answer = await here.app.inject({ method, url, headers, payload, remoteAddress: newAddress() });
        expect(answer.statusCode, `${type}: ${answer.body}`).toBeGreaterThanOrEqual(400);
        expect([400, 403, 404, 409, 410, 415, 428]).toContain(answer.statusCode);
        expect(answer.statusCode === 415 || isUnread(answer.body), `${type}: ${answer.body}`).toBe(true);
      }
    },
  );

  it('is signed by a header or a cookie, never by its address, where logs and histories keep it', async () => {
    const { authorization = '' } = await here.key();
    const secret = authorization.replace('Bearer ', '');
    for (const name of ['api_key', 'access_token', 'token', 'key', 'authorization']) {
      expect((await here.app.inject({ url: `/v1/session?${name}=${secret}` })).statusCode).toBe(401);
    }
  });

  it('comes from the address that the connection has, unless a proxy that the operator named says otherwise', async () => {
    const seenAs = async (
      installation: Installation,
      remoteAddress: string,
      says = '203.0.113.77',
    ): Promise<unknown> => {
      const headers = { ...(await installation.key()), 'x-forwarded-for': says };
      const payload = { scope: 'word', target: 'x', reason: 'y' };
      await installation.app.inject({ method: 'POST', url: '/v1/holds', headers, payload, remoteAddress });
      const rows = await installation.app.inject({ url: '/v1/audit?action=publishing.held', headers });
      return rows.json<{ data: [{ ip: string }] }>().data[0].ip;
    };
    expect(await seenAs(here, '192.0.2.50')).toBe('192.0.2.50');
    const behind = await openInstallation({ STANDFIRST_TRUSTED_PROXIES: '192.0.2.1/32' });
    try {
      expect(await seenAs(behind, '192.0.2.1')).toBe('203.0.113.77');
      expect(await seenAs(behind, '192.0.2.2')).toBe('192.0.2.2');
      expect(await seenAs(behind, '192.0.2.1', 'not an address')).toBe('192.0.2.1');
    } finally {
      await behind.close();
    }
  });

  it('that fails inside is refused, not let through, and shows nothing of the inside', async () => {
    const own = await openInstallation();
    const cookie = await own.signIn();
    const key = await own.key();
    await own.context.database.run('ALTER TABLE standfirst.session RENAME TO session_gone');
    await own.context.database.run('ALTER TABLE standfirst.api_key RENAME TO api_key_gone');
    try {
      for (const headers of [{ cookie }, key]) {
        const answer = await own.app.inject({ url: '/v1/posts', headers });
        expect(answer.statusCode).toBe(500);
        expect(problemOf(answer).detail).toBe('standfirst failed. The log has more under the request id.');
        expect(answer.body).not.toMatch(/relation|session|api_key|\bat\b .*:\d+/);
      }
    } finally {
      await own.close();
    }
  });

  it('is not made to send an address without end', async () => {
    const url = `https://example.invalid/${'a'.repeat(4_000)}`;
    const answer = await here.app.inject({
      method: 'POST',
      url: '/v1/articles',
      headers: await here.key(),
      payload: { url },
    });
    expect(answer.statusCode).toBe(400);
    expect(problemOf(answer).errors).toMatchObject([{ pointer: '/url', message: 'is longer than 4,000 characters' }]);
  });

  it('has text in it that is text: no expression is evaluated', async () => {
    const text = '{{7*7}} ${7*7} #{7*7} <%= 7*7 %> $(id) `id`';
    const headers = await here.key();
    const payload = { accountIds: [here.sandboxId], text };
    const made = await here.app.inject({ method: 'POST', url: '/v1/posts', headers, payload });
    expect(made.json<{ data: [{ parts: [{ text: string }] }] }>().data[0].parts[0].text).toBe(text);
  });
});

/** A body that was looked at as JSON, or not at all; never as what it claims to be. */
function isUnread(body: string): boolean {
  return /is not JSON|is a form|not-found|precondition|not read|\/problems\/(invalid|not-allowed|cross-site)/.test(
    body,
  );
}

describe('a page of ours', () => {
  const NASTY = `"><img src=x onerror=alert(1)><script>alert(1)</script>'`;

  it('shows foreign text as text, wherever it comes from', async () => {
    const headers = await here.key();
    const invited = await here.app.inject({
      method: 'POST',
      url: '/v1/users',
      headers,
      payload: { name: NASTY, role: 'viewer' },
    });
    const { link } = invited.json<{ link: { path: string } }>();
    const at = newAddress();
    const pages = [
      await here.app.inject({ url: link.path, remoteAddress: at }),
      await postForm(here, { token: tokenOf(link.path), password: 'short' }),
      await postForm(here, { login: NASTY, password: 'x' }),
      await here.app.inject({ url: `/sign-in?token=${encodeURIComponent(NASTY)}`, remoteAddress: at }),
      await here.app.inject({ url: `/problems/${encodeURIComponent(NASTY)}` }),
      await here.app.inject({
        url: `/connect/callback?error=${encodeURIComponent(NASTY)}&error_description=${encodeURIComponent(NASTY)}`,
      }),
      await here.app.inject({ url: `/${encodeURIComponent(NASTY)}`, headers: { accept: 'text/html' } }),
      await here.app.inject({ url: `/share/${encodeURIComponent(NASTY.slice(0, 60))}` }),
    ];
    for (const page of pages) {
      expect(page.body).not.toContain('<img');
      expect(page.body).not.toContain('<script>');
    }
    expect(pages[0]?.body).toContain('&#60;img');
  });

  it('is shown to readers of a shared link with the words of a post as text', async () => {
    const { database } = here.context;
    const headers = await here.key();
    await database.run(`INSERT INTO standfirst.story (id, title) VALUES ('story_xss', $1)`, [NASTY]);
    const made = await here.app.inject({
      method: 'POST',
      url: '/v1/posts',
      headers,
      payload: { accountIds: [here.sandboxId], text: NASTY },
    });
    const { id } = made.json<{ data: [{ id: string }] }>().data[0];
    await database.run(`UPDATE standfirst.post SET story_id = 'story_xss' WHERE id = $1`, [id]);
    const shared = await here.app.inject({ method: 'POST', url: '/v1/stories/story_xss/shares', headers, payload: {} });
    const page = await here.app.inject({ url: shared.json<{ path: string }>().path });
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('&#60;img');
    expect(page.body).not.toContain('<img');
    expect(page.body).not.toContain('<script');
  });

  it('may load and run only what carries its nonce, and stands in no frame', async () => {
    const at = newAddress();
    for (const url of ['/sign-in', '/sign-in?token=x', '/problems/invalid', '/share/x', '/connect/callback', '/']) {
      const page = await here.app.inject({ url, remoteAddress: at });
      const policy = String(page.headers['content-security-policy']);
      expect(policy).toContain(`default-src 'none'`);
      expect(policy).not.toContain('unsafe');
      expect(policy).toContain(`frame-ancestors 'none'`);
      const nonce = /script-src 'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
      for (const [tag] of page.body.matchAll(/<(?:script|style)[^>]*>/g)) expect(tag).toContain(`nonce="${nonce}"`);
      expect(page.body).not.toMatch(/ on\w+=| style=|javascript:/i);
      expect(page.headers['x-content-type-options']).toBe('nosniff');
      expect(page.headers['referrer-policy']).toMatch(/^(same-origin|no-referrer)$/);
    }
  });
});

it('even pages that are not ours run nothing inline', async () => {
  const headers = await here.key();
  for (const url of ['/docs/', '/ops/queues']) {
    const { headers: answered } = await here.app.inject({ url, headers });
    const policy = String(answered['content-security-policy']);
    expect(policy, url).toContain(`default-src 'none'`);
    expect(policy, url).not.toContain('unsafe');
  }
});

describe('the page of sign-in', () => {
  it('asks for passwords in fields that managers know', async () => {
    const remoteAddress = newAddress();
    const headers = await here.key();
    const payload = { name: 'Managed Mads', role: 'viewer' };
    const invited = await here.app.inject({ method: 'POST', url: '/v1/users', headers, payload });
    const welcome = await here.app.inject({ url: invited.json<{ link: { path: string } }>().link.path, remoteAddress });
    expect(welcome.body).toMatch(/type="password" autocomplete="new-password"/);
    const signIn = await here.app.inject({ url: '/sign-in', remoteAddress });
    expect(signIn.body).toMatch(/type="password" autocomplete="current-password"/);
    expect(signIn.body).toMatch(/autocomplete="username webauthn"/);
    for (const { body } of [welcome, signIn]) expect(body).not.toMatch(/onpaste|autocomplete="off"/);
  });
});

describe('a session', () => {
  it('is found by 256 random bits, new at every sign-in, and not by anything that can be guessed', async () => {
    await join(here, 'Token Tuva', 'viewer');
    const tokens = new Set<string>();
    for (let n = 0; n < 4; n++) {
      const token = cookieOf(await postForm(here, { login: 'Token Tuva', password: PASSWORD })).split('=')[1] ?? '';
      expect(Buffer.from(token, 'base64url')).toHaveLength(32);
      tokens.add(token);
    }
    expect(tokens.size).toBe(4);
  });

  it('is not taken from a token that somebody else chose', async () => {
    const planted = `__Host-sf_session=${'p'.repeat(43)}`;
    await join(here, 'Fixed Frode', 'viewer');
    const answer = await postForm(here, { login: 'Fixed Frode', password: PASSWORD }, { cookie: planted });
    expect(cookieOf(answer)).not.toBe(planted);
    expect((await here.app.inject({ url: '/v1/session', headers: { cookie: planted } })).statusCode).toBe(401);
  });
});
