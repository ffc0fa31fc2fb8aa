import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** A TCP link that can be made bad: slow, cut, half-open (both ends think it stands, nothing passes). */
export interface Proxy extends AsyncDisposable {
  readonly port: number;
  /** Where new connections lead from now on; those that stand are left. */
  lead(port: number): void;
  /** Delays what passes, both ways, by `ms` ± `spreadMs`. Zero: at once. */
  slow(ms: number, spreadMs?: number): void;
  /** Resets every connection; new ones are taken. */
  cut(): void;
  /** Nothing passes and nothing is closed until it is lifted; then what was held back is lost with its connections. */
  halfOpen(on: boolean): void;
  /** What the server says is thrown away: what was asked is done, and the answer never comes. */
  deafen(on: boolean): void;
}

export async function startProxy(firstPort: number): Promise<Proxy> {
  const links = new Set<readonly [Socket, Socket]>();
  let targetPort = firstPort;
  let delayMs = 0;
  let spread = 0;
  let isStuck = false;
  let isDeaf = false;

  const server = createServer({ noDelay: true }, (client) => {
    const upstream = isStuck ? null : openUpstream();
    client.on('error', () => {});
    if (upstream === null) return void links.add([client, client]);
    const link = [client, upstream] as const;
    links.add(link);
    pass(client, upstream, () => isStuck);
    pass(upstream, client, () => isStuck || isDeaf);
    const end = (): void => {
      links.delete(link);
      client.destroy();
      upstream.destroy();
    };
    client.on('close', () => !isStuck && end());
    upstream.on('close', () => !isStuck && end());
  });

  function openUpstream(): Socket {
    const socket = connect(targetPort, '127.0.0.1');
    socket.on('error', () => {});
    return socket;
  }

  function pass(from: Socket, to: Socket, isHeld: () => boolean): void {
    let after = 0;
    from.on('data', (chunk) => {
      if (isHeld()) return;
      if (delayMs === 0 && performance.now() >= after) return void to.write(chunk);
      // In order, however the delays fall.
      after = Math.max(after, performance.now() + delayMs + (Math.random() * 2 - 1) * spread);
      setTimeout(() => to.destroyed || to.write(chunk), after - performance.now());
    });
  }

  function cut(): void {
    for (const link of links) for (const socket of link) socket.resetAndDestroy();
    links.clear();
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    lead: (port) => void (targetPort = port),
    slow(ms, spreadMs = 0) {
      delayMs = ms;
      spread = spreadMs;
    },
    cut,
    halfOpen(on) {
      isStuck = on;
      if (!on) cut();
    },
    deafen: (on) => void (isDeaf = on),
    async [Symbol.asyncDispose]() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
