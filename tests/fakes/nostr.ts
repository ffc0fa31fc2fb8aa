import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { EventRepository, LogLevel } from '@nostr-relay/common';
import type { Event, Filter, IncomingMessage } from '@nostr-relay/common';
import { NostrRelay } from '@nostr-relay/core';
import { Validator } from '@nostr-relay/validator';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { Mode } from './modes.ts';

export const MAX_CONTENT = 8196;

export interface Relay extends AsyncDisposable {
  readonly url: string;
  /** Notes in the order in which they were first accepted. */
  readonly notes: readonly Event[];
  setMode(mode: Mode): Promise<void>;
}

/** A real relay (@nostr-relay, which checks ids and signatures) that keeps events in memory and can be made to misbehave. */
export async function startRelay(
  options: {
    readonly wantsSignIn?: boolean;
    /** What happens before an answer to its question is taken. */ readonly onSignIn?: () => unknown;
    /** In bytes; a longer frame is not read. */ readonly maxMessage?: number;
  } = {},
): Promise<Relay> {
  const { maxMessage } = options;
  const kept = new Map<string, Event>();
  const notes: Event[] = [];
  let mode: Mode = { name: 'ok' };
  let spared = 0;

  class Memory extends EventRepository {
    isSearchSupported(): boolean {
      return false;
    }
    upsert(event: Event): { isDuplicate: boolean } {
      if (kept.has(event.id)) return { isDuplicate: true };
      kept.set(event.id, event);
      if (event.kind === 1) notes.push(event);
      return { isDuplicate: false };
    }
    find(filter: Filter): Event[] {
      return [...kept.values()].filter((event) => filter.ids?.includes(event.id) ?? true);
    }
    destroy(): Promise<void> {
      return Promise.resolve();
    }
  }

  const relay = new NostrRelay(new Memory(), {
    logLevel: LogLevel.ERROR,
    filterResultCacheTtl: 0,
    ...(options.wantsSignIn === true ? { hostname: '127.0.0.1' } : {}),
  });
  const validator = new Validator();
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/nostr+json');
    response.end(
      JSON.stringify({
        name: 'relay',
        limitation: { max_content_length: MAX_CONTENT, max_message_length: maxMessage },
      }),
    );
  });
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => {
    relay.handleConnection(socket);
    socket.on('close', () => relay.handleDisconnect(socket));
    socket.on('message', (data) => void receive(socket, data as Buffer));
  });

  async function receive(socket: WebSocket, data: Buffer): Promise<void> {
    if (data.length > (maxMessage ?? Infinity))
      return socket.send(JSON.stringify(['NOTICE', 'error: message too large']));
    const message = await validator.validateIncomingMessage(data).catch(() => null);
    if (message === null) return socket.send(JSON.stringify(['NOTICE', 'invalid: not a message']));
    if (message[0] === 'AUTH') await options.onSignIn?.();
    const isNote = message[0] === 'EVENT' && message[1].kind === 1;
    await (isNote ? take(socket, message, message[1]) : relay.handleMessage(socket, message));
  }

  async function take(socket: WebSocket, message: IncomingMessage, event: Event): Promise<void> {
    const refuse = (reason: string): void => socket.send(JSON.stringify(['OK', event.id, false, reason]));
    if (!relay.isAuthorized(socket)) return refuse('auth-required: who writes?');
    // NIP-11 counts Unicode characters, not UTF-16 units.
    if ([...event.content].length > MAX_CONTENT) return refuse('invalid: content is too long');
    const { name } = spared > 0 ? { name: 'ok' } : mode;
    spared -= 1;
    const quiet = { ...socket, readyState: socket.readyState, send: () => undefined };
    switch (name) {
      case '403':
        return refuse('blocked: this key may not write here');
      case '422':
        return refuse('invalid: a tag is missing');
      case '429':
        return refuse('rate-limited: slow down');
      case '503':
        return refuse('error: could not reach the database');
      case 'hang':
        return;
      case 'reset':
        return socket.terminate();
      case 'accept-then-hang':
      case 'accept-then-reset':
        relay.handleConnection(quiet);
        await relay.handleMessage(quiet, message);
        if (name === 'accept-then-reset') socket.terminate();
        return;
      case 'slow':
        await sleep(mode.ms ?? 100);
    }
    await relay.handleMessage(socket, message);
  }

  const listen = (port: number): Promise<void> => new Promise((done) => void server.listen(port, '127.0.0.1', done));
  const close = (): Promise<void> => {
    for (const socket of sockets.clients) socket.terminate();
    return new Promise((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;

  return {
    url: `ws://127.0.0.1:${port}`,
    notes,
    async setMode(next) {
      mode = next;
      spared = next.after ?? 0;
      if (next.name === 'refuse' && server.listening) await close();
      else if (next.name !== 'refuse' && !server.listening) await listen(port);
    },
    async [Symbol.asyncDispose]() {
      if (server.listening) await close();
      await relay.destroy();
    },
  };
}
