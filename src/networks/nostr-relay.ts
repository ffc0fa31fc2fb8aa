import type { Failure } from '../domain/errors.ts';
import type { NetworkIo } from './network.ts';
import type { NostrEvent } from './nostr-event.ts';
import { failure, failureOfError } from './outcome.ts';

/** Below the 30 s that the job's lock allows. */
const DEFAULT_TIMEOUT_MS = 20_000;
/** A relay that limits says no time to wait for. */
const WAIT_MS = 60_000;

export interface Accepted {
  readonly kind: 'accepted';
}
export interface Seen {
  readonly kind: 'seen';
  readonly isThere: boolean;
}

/** Signs the answer to a relay's challenge. */
export type SignIn = (relay: string, challenge: string) => Promise<NostrEvent>;

/**
 * Hands one event to one relay and waits for its `OK`. A relay that has the event already has accepted it. One that asks
 * who writes is answered once, and given the event again: its refusal is the proof that it kept nothing. The answer can be
 * long in coming, so whether the post may still leave is asked again before every frame.
 */
export function sendTo(relay: string, event: NostrEvent, io: NetworkIo, signIn: SignIn): Promise<Accepted | Failure> {
  let challenge: string | null = null;
  let answerId: string | null = null;
  return talk<Accepted | Failure>(relay, ['EVENT', event], io, ([type, subject, isOk, reason], send) => {
    if (type === 'AUTH' && typeof subject === 'string') challenge = subject;
    if (type === 'NOTICE' && typeof subject === 'string') return refusalIn(relay, subject, event.id);
    if (type !== 'OK') return null;
    const said = typeof reason === 'string' ? reason : '';
    if (subject === answerId) {
      if (isOk === true) send(['EVENT', event]);
      return isOk === true ? null : failure('refused', 'permission', `${relay}: ${said}`, { code: 'auth-required' });
    }
    if (subject !== event.id) return null;
    if (isOk === true) return { kind: 'accepted' };
    if (!said.startsWith('auth-required') || challenge === null || answerId !== null) {
      return verdictOf(relay, said);
    }
    answerId = '';
    void signIn(relay, challenge).then((answer) => {
      answerId = answer.id;
      send(['AUTH', answer]);
    });
    return null;
  });
}

/** Asks one relay whether it has an event. */
export function askFor(relay: string, id: string, io: NetworkIo): Promise<Seen | Failure> {
  return talk<Seen | Failure>(relay, ['REQ', 'lost', { ids: [id] }], io, ([type, , event]) => {
    if (type === 'EVENT') return { kind: 'seen', isThere: (event as { id?: unknown } | undefined)?.id === id };
    if (type === 'EOSE') return { kind: 'seen', isThere: false };
    return type === 'CLOSED' ? failure('unknown', 'timeout_unknown', `${relay} closed the question.`) : null;
  });
}

/**
 * Opens a connection, sends one frame and reads until `read` makes something of an answer. Before the frame has left a
 * loss is `down`, afterwards `unknown`. Frames: https://github.com/nostr-protocol/nips/blob/master/01.md
 */
function talk<Answer>(
  relay: string,
  frame: unknown[],
  io: NetworkIo,
  read: (frame: readonly unknown[], send: (frame: unknown[]) => void) => Answer | null,
): Promise<Answer | Failure> {
  const { socket: open } = io;
  if (open === undefined) {
    return Promise.resolve(failure('refused', 'config', 'This installation opens no WebSocket connections.'));
  }
  if (io.signal.aborted) return Promise.resolve(failure('down', 'internal', 'Stopped before the request left.'));
  let socket: WebSocket;
  try {
    socket = open(relay);
  } catch (error) {
    return Promise.resolve(failureOfError(error));
  }
  return new Promise((resolve) => {
    const timeoutMs = io.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    const end = AbortSignal.any([io.signal, AbortSignal.timeout(timeoutMs)]);
    let isSent = false;

    const finish = (answer: Answer | Failure): void => {
      end.removeEventListener('abort', onEnd);
      resolve(answer);
      socket.close();
    };
    const lose = (why: string): void => {
      finish(
        isSent
          ? failure('unknown', 'timeout_unknown', `${relay}: ${why}`)
          : failure('down', 'provider_down', `${relay}: ${why}`),
      );
    };
    const onEnd = (): void => lose(io.signal.aborted ? 'stopped before the answer came' : `silent for ${timeoutMs} ms`);

    end.addEventListener('abort', onEnd, { once: true });
    /** What is said after the first frame is said where that one was not taken: nothing is there that was not sent now. */
    const say = (words: unknown[]): void => {
      const allowed = io.mayLeave?.() ?? Promise.resolve();
      allowed.then(
        () => {
          isSent = true;
          socket.send(JSON.stringify(words));
        },
        (error: unknown) => finish(failure('down', 'provider_down', `${relay}: ${(error as Error).message}`)),
      );
    };
    socket.addEventListener('open', () => say(frame));
    socket.addEventListener('message', ({ data }) => {
      const answer = read(frameOf(data), say);
      if (answer !== null) finish(answer);
    });
    socket.addEventListener('error', (event) => {
      const { error } = event as Event & { error?: unknown };
      lose(error instanceof Error ? error.message : 'the connection failed');
    });
    socket.addEventListener('close', () => lose('the connection ended'));
  });
}

function frameOf(data: unknown): readonly unknown[] {
  try {
    const frame: unknown = JSON.parse(String(data));
    return Array.isArray(frame) ? (frame as unknown[]) : [];
  } catch {
    return [];
  }
}

/**
 * A relay that cannot read an event, or finds it too large, answers no `OK` but words for people. Such a notice is about our
 * event where it says so, or begins as refusals do; others (a greeting, an advertisement) mean nothing.
 */
function refusalIn(relay: string, notice: string, id: string): Failure | null {
  if (/^rate-limited\b/iu.test(notice)) {
    return failure('limited', 'rate_limited', `${relay}: ${notice}`, { code: 'notice', retryAfterMs: WAIT_MS });
  }
  const isAboutIt =
    notice.includes(id) || /^(?:error|invalid|bad|blocked|restricted|pow|could not|failed|too)\b/iu.test(notice);
  if (!isAboutIt) return null;
  const cause = /too (?:large|long|big)/iu.test(notice) ? 'too_long' : 'content_rejected';
  return failure('refused', cause, `${relay}: ${notice}`, { code: 'notice' });
}

/** The prefix of a refusal is for machines, the rest for people. What is not known yet is refused by that relay. */
function verdictOf(relay: string, reason: string): Accepted | Failure {
  const prefix = reason.split(':')[0]?.trim() ?? '';
  const said = `${relay}: ${reason}`;
  const more = { code: prefix };
  if (prefix === 'duplicate') return { kind: 'accepted' };
  if (prefix === 'rate-limited') return failure('limited', 'rate_limited', said, { ...more, retryAfterMs: WAIT_MS });
  if (prefix === 'error') return failure('down', 'provider_down', said, more);
  if (prefix === 'auth-required' || prefix === 'restricted' || prefix === 'blocked') {
    return failure('refused', 'permission', said, more);
  }
  return failure('refused', 'content_rejected', said, more);
}
