import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Image } from '../../src/networks/network.ts';

export interface Gallery extends AsyncDisposable {
  /** A picture as the pipeline hands it over, with an address at which it can be fetched: of any type and size. */
  picture(more?: { type?: string; size?: number; alt?: string }): Image & { readonly url: string };
}

/** A server on loopback that has every picture, for networks that fetch by themselves. */
export async function openGallery(): Promise<Gallery> {
  const server = createServer((request, response) => {
    const { searchParams: asked } = new URL(request.url ?? '/', 'http://gallery');
    response.writeHead(200, { 'content-type': asked.get('type') ?? '' });
    response.end(Buffer.alloc(Number(asked.get('size')), asked.get('n') ?? ''));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  let serial = 0;
  return {
    picture({ type = 'image/jpeg', size = 1000, alt = '' } = {}) {
      serial += 1;
      const query = new URLSearchParams({ type, size: String(size), n: String(serial) });
      const url = `http://127.0.0.1:${port}/picture?${query.toString()}`;
      return { bytes: Buffer.alloc(size, String(serial)), type, width: 40, height: 30, alt, url };
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
