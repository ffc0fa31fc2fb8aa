import { Api } from './api.ts';
import { messagesOf } from './event-stream.ts';
import { StandfirstProblem } from './problem.ts';

/** Something that happened, as `GET /v1/events` tells it. */
export interface DeskEvent {
  /** Where to go on: `after` of the next stream. */
  readonly cursor: string;
  /** RFC 3339, UTC. */
  readonly at: string;
  /** As in `post.published`. */
  readonly type: string;
  /** Id of what it happened to. */
  readonly subject: string;
  readonly actor: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A stream that was silent for so long is dead: the server says something every 15 s. */
const SILENCE_MS = 45_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

/** An installation of standfirst, by its API. */
export class Standfirst extends Api {
  /**
   * What happens, as it happens, without a gap: after a lost connection it goes on where it was. Ends with `signal`.
   * @param after cursor of the last event seen; left out, from now on; `0-0` replays all that is kept.
   * @throws StandfirstProblem where the key may not read events.
   */
  async *events({ after, signal }: { after?: string; signal?: AbortSignal } = {}): AsyncGenerator<DeskEvent> {
    let cursor = after;
    let waitMs = FIRST_WAIT_MS;
    while (signal?.aborted !== true) {
      try {
        for await (const message of this.#stream(cursor, signal)) {
          waitMs = FIRST_WAIT_MS;
          if (message.id !== null) cursor = message.id;
          if (message.data !== '') yield JSON.parse(message.data) as DeskEvent;
        }
      } catch (error) {
        if (error instanceof StandfirstProblem && error.status < 500 && error.status !== 429) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, signal?.aborted === true ? 0 : waitMs));
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
    }
  }

  async *#stream(after: string | undefined, signal: AbortSignal | undefined) {
    const silence = new AbortController();
    let timer = setTimeout(() => silence.abort(), SILENCE_MS);
    const either = AbortSignal.any([silence.signal, ...(signal === undefined ? [] : [signal])]);
    try {
      const query = after === undefined ? '' : `?after=${encodeURIComponent(after)}`;
      const answer = await this.request(`/v1/events${query}`, {
        headers: { accept: 'text/event-stream' },
        signal: either,
      });
      if (answer.body === null) return;
      const heard = (): void => {
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), SILENCE_MS);
      };
      yield* messagesOf(answer.body, heard);
    } finally {
      clearTimeout(timer);
      // Whoever stops reading ends the request, too.
      silence.abort();
    }
  }
}
