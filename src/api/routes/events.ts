import type { FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { z } from 'zod';
import type { EventRow } from '../../store/event.ts';
import { beginAfter, eventsAfter, isCursor, shownData } from '../../store/event.ts';
import type { Scope } from '../access.ts';
import { callerBehind, callerOf } from '../authenticate.ts';
import type { Caller } from '../caller.ts';
import { EventHub } from '../event-hub.ts';
import type { Progress } from '../event-hub.ts';
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
          'Each message has `id` (cursor), `event` (type) and `data` (an Event as JSON). Reconnect with `Last-Event-ID`, or `?after=`, and nothing is missed; what is no id of a message is refused with 400. A comment every 15 s keeps the connection open. `post.progress` tells that a worker has taken a post (`data.publishing` is true) or let go of it; it is not kept, and its cursor is that of the event before it.',
        tags: ['events'],
        querystring: eventsQuery,
        response: { 200: { description: 'A stream.', content: { 'text/event-stream': { schema: z.string() } } } },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const after = startOf(request);
      takePlace(open, caller);
      const start = await beginAfter(context.database, after).catch(giveUpPlace(open, caller));
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

/** @throws ApiProblem where it is no id of an event; an `EventSource` is over with that, and does not ask again. */
function startOf(request: FastifyRequest<{ Querystring: { after?: string | undefined } }>): string | null {
  const header = request.headers['last-event-id'];
  // What a browser sends before it has heard of any event.
  const [where, given] =
    header === undefined || header === '' ? ['?after', request.query.after] : ['Last-Event-ID', String(header)];
  if (given === undefined || isCursor(given)) return given ?? null;
  const message = `${JSON.stringify(given.slice(0, 60))} is not the id of an event, e.g. 8123-42: send the id of the last message you read, 0-0 for all that is kept, or nothing for what happens from now on`;
  throw new ApiProblem('invalid', `${where} ${message}.`, [{ pointer: where, code: 'not-an-event', message }]);
}

async function* stream(
  context: ApiContext,
  hub: EventHub,
  caller: Caller,
  start: string,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const alarm = new Alarm();
  const moved: Progress[] = [];
  const unsubscribe = hub.subscribe((progress) => {
    moved.push(...progress);
    alarm.ring();
  });
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
      const at = context.io.now();
      for (const one of moved.splice(0)) yield messageOf(progressEvent(one, cursor, at));
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

function progressEvent({ postId, isPublishing }: Progress, cursor: string, at: Date): EventRow {
  return { cursor, at, type: 'post.progress', subject: postId, actor: null, data: { publishing: isPublishing } };
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
