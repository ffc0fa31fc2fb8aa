import { createServer, request } from 'node:http';
import { listen, stop } from '../http/loopback.ts';
import { pageOf, rssOf, startPaper, story } from '../line/newsroom.ts';

/** All the outside there is: an egress proxy that leads every host ending in `.example` to a paper of our own, and nowhere else. */
export interface Outside extends AsyncDisposable {
  /** For `STANDFIRST_PROXY`. */
  readonly proxy: string;
  /** The page `/budget` says something else from now on. */
  revise(): void;
}

export async function openOutside(): Promise<Outside> {
  const paper = await startPaper();
  paper.items = [
    { guid: 'a', title: 'Harbour opens', link: 'http://www.westmouth-courier.example/harbour', teaser: 'At last.' },
  ];
  paper.pages.set('/budget', pageOf('Council approves budget', story('Westmouth')));
  paper.pages.set('/harbour', pageOf('Harbour opens', story('Harbour')));
  paper.pages.set('/sport.xml', rssOf([]));
  const proxy = createServer((asked, answer) => {
    const { hostname, pathname, search } = new URL(asked.url ?? '', 'http://none');
    if (!hostname.endsWith('.example')) return void answer.writeHead(502).end();
    const { method, headers } = asked;
    const through = request({ port: paper.port, host: '127.0.0.1', path: pathname + search, method, headers });
    through.on('error', () => answer.destroy());
    through.on('response', (given) => given.pipe(answer.writeHead(given.statusCode ?? 502, given.headers)));
    asked.pipe(through);
  });
  const port = await listen(proxy);
  return {
    proxy: `http://127.0.0.1:${port}`,
    revise: () => void paper.pages.set('/budget', pageOf('Council withdraws budget', story('Westmouth again'))),
    async [Symbol.asyncDispose]() {
      await stop(proxy);
      await paper[Symbol.asyncDispose]();
    },
  };
}
