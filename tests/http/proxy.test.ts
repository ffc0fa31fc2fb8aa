import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { html, listen, openHttp, serve, stop } from './loopback.ts';

/** An egress proxy that sends whatever it is asked for to one port of this machine, and keeps what it was asked for. */
async function openProxy(target: number) {
  const asked: string[] = [];
  const proxy = createServer((incoming, outgoing) => {
    asked.push(incoming.url ?? '');
    incoming.pipe(
      request({
        host: '127.0.0.1',
        port: target,
        method: incoming.method,
        path: new URL(incoming.url ?? '').pathname,
      }).on('response', (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      }),
    );
  }).on('connect', (incoming, socket) => {
    asked.push(`CONNECT ${incoming.url}`);
    const through = connect(target, '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
    socket.on('error', () => through.destroy());
    through.on('error', () => socket.destroy());
    through.pipe(socket).pipe(through);
  });
  const port = await listen(proxy);
  return { url: `http://127.0.0.1:${port}`, asked, [Symbol.asyncDispose]: () => stop(proxy) };
}

describe('an egress proxy', () => {
  it('carries pages and posts, and resolves the names', async () => {
    await using server = await serve((_, response) => html(response, 'ok'));
    await using proxy = await openProxy(server.port);
    const resolve = () => Promise.reject(new Error('names are the proxy’s'));
    await using http = openHttp({ proxy: proxy.url, allowPrivate: [], resolve });
    expect(await http.get('http://news.example/a', { accept: ['text/html'] })).toMatchObject({ kind: 'fetched' });
    expect(await (await http.fetch('http://social.example/b', { method: 'POST', body: 'x' })).text()).toBe('ok');
    expect(proxy.asked.join(' ')).toMatch(/news\.example.*social\.example/u);
  });

  it('does not lift the rules on literal addresses, metadata names and ports', async () => {
    await using server = await serve((_, response) => html(response, 'secret'));
    await using proxy = await openProxy(server.port);
    await using http = openHttp({ proxy: proxy.url, allowPrivate: [] });
    const page = { accept: ['text/html'] };
    expect(await http.get('http://169.254.169.254/', page)).toMatchObject({ kind: 'blocked-address' });
    expect(await http.get('http://metadata.google.internal/', page)).toMatchObject({ kind: 'blocked-address' });
    expect(await http.get('http://news.example:22/', page)).toMatchObject({ kind: 'bad-url' });
    await expect(http.fetch('http://10.0.0.1/')).rejects.toMatchObject({ kind: 'blocked-address' });
    expect(proxy.asked).toEqual([]);
  });
});
