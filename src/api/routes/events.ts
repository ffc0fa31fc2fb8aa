import type { FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { z } from 'zod';
import type { EventRow } from '../../store/event.ts';
import { eventsAfter, newestCursor, shownData } from '../../store/event.ts';
import type { Scope } from '../access.ts';
import { callerBehind, callerOf } from '../authenticate.ts';
import type { Caller } from '../caller.ts';
import { EventHub } from '../event-hub.ts';
import type { Api, ApiContext } from '../parts.ts';
import { ApiProblem } from '../problem.ts';
import { eventsQuery } from '../schemas/event.ts';

/** Proxies close a silent connection after 30 to 60 s. */
const HEARTBEAT_MS = 15_000;
const BATCH = 200;
const MOST_STREAMS_PER_CALLER = 20;

/** `GET /v1/events`: what happens, as server-sent events; goes on where `Last-Event-ID` says. */
export function eventRoutes(app: Api, context: ApiContext): void {
  const hub = new EventHub(context.database, context.log);
  const open = new Map<string, number>();
  const closing = new AbortController();
  app.addHook('preClose', async () => {
    closing.abort();
    hub[Symbol.dispose]();
  });

  app.get(
    '/v1/events',
    {
      // The answer to HEAD would be a stream that nobody reads.
      exposeHeadRoute: false,
      schema: {
        operationId: 'streamEvents',
        summary: 'What happens, live (server-sent events)',
        description:
          'Each message has `id` (cursor), `event` (type) and `data` (an Event as JSON). Reconnect with `Last-Event-ID`, or `?after=`, and nothing is missed. A comment every 15 s keeps the connection open.',
        tags: ['events'],
        querystring: eventsQuery,
        response: { 200: { description: 'A stream.', content: { 'text/event-stream': { schema: z.string() } } } },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      takePlace(open, caller);
      const start = startOf(request) ?? (await newestCursor(context.database).catch(giveUpPlace(open, caller)));
      const gone = new AbortController();
      request.raw.socket.once('close', () => gone.abort());
      const messages = stream(context, hub, caller, start, AbortSignal.any([gone.signal, closing.signal]));
      const body = Readable.from(messages, { objectMode: false, highWaterMark: 64 * 1024 });
      body.once('close', () => {
        gone.abort();
        leavePlace(open, caller);
      });
      return reply
        .type('text/event-stream; charset=utf-8')
        .headers({ 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
        .send(body as never);
    },
  );
}

function takePlace(open: Map<string, number>, { secretHash }: Caller): void {
  const streams = open.get(secretHash) ?? 0;
  if (streams >= MOST_STREAMS_PER_CALLER) {
    throw new ApiProblem('too-many', `More than ${MOST_STREAMS_PER_CALLER} streams are open. Close one first.`);
  }
  open.set(secretHash, streams + 1);
}

function leavePlace(open: Map<string, number>, { secretHash }: Caller): void {
  const left = (open.get(secretHash) ?? 1) - 1;
  if (left > 0) open.set(secretHash, left);
  else open.delete(secretHash);
}

function giveUpPlace(open: Map<string, number>, caller: Caller): (error: unknown) => never {
  return (error) => {
    leavePlace(open, caller);
    throw error;
  };
}

function startOf(request: FastifyRequest<{ Querystring: { after?: string | undefined } }>): string | null {
  const given = request.headers['last-event-id'] ?? request.query.after;
  return given === undefined ? null : String(given);
}

async function* stream(
  context: ApiContext,
  hub: EventHub,
  caller: Caller,
  start: string,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const alarm = new Alarm();
  const unsubscribe = hub.subscribe(() => alarm.ring());
  signal.addEventListener('abort', () => alarm.ring(), { once: true });
  let cursor = start;
  try {
    yield 'retry: 2000\n\n';
    while (!signal.aborted) {
      const events = await eventsAfter(context.database, cursor, BATCH);
      const scopes = await scopesNow(context, caller);
      // A session that ended or a key that was revoked hears nothing more.
      if (!scopes.includes('events:read')) return;
      for (const event of events) if (mayHear(event, scopes)) yield messageOf(event);
      cursor = events.at(-1)?.cursor ?? cursor;
      if (events.length === BATCH) continue;
      if (!(await alarm.rangWithin(HEARTBEAT_MS))) yield ': still here\n\n';
    }
  } catch (error) {
    // The browser reconnects with the last cursor it saw.
    context.log.warn({ err: error }, 'event stream ended');
  } finally {
    unsubscribe();
  }
}

async function scopesNow({ database }: ApiContext, caller: Caller): Promise<readonly Scope[]> {
  return (await callerBehind(database, caller))?.scopes ?? [];
}

/** What happens to people and keys is for those who look after them. */
function mayHear({ type }: EventRow, scopes: readonly Scope[]): boolean {
  if (type.startsWith('member.')) return scopes.includes('users:manage');
  if (type.startsWith('api-key.')) return scopes.includes('api-keys:manage');
  return true;
}

function messageOf(event: EventRow): string {
  return `id: ${event.cursor}\nevent: ${event.type}\ndata: ${JSON.stringify({ ...event, data: shownData(event.type, event.data), at: event.at.toISOString() })}\n\n`;
}

/** Remembers a ring that came while nobody waited. */
class Alarm {
  #hasRung = false;
  #wake: (() => void) | null = null;

  ring(): void {
    this.#hasRung = true;
    this.#wake?.();
  }

  /** @returns whether it rang before the time was up. */
  async rangWithin(ms: number): Promise<boolean> {
    if (!this.#hasRung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms).unref();
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#wake = null;
    }
    const rang = this.#hasRung;
    this.#hasRung = false;
    return rang;
  }
}
