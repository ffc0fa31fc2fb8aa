import { Response as UndiciResponse } from 'undici';
import { oneEncoding, tooLarge } from './body.ts';
import type { GuardError } from './failure.ts';

/** The answer with its body counted as it is read: `too-large` where it runs over, and the clock stops at its end. */
export function counted(
  answer: Response,
  url: URL,
  wasRedirected: boolean,
  maxBytes: number,
  clock: AbortController,
  settle: () => void,
): Response {
  const fail = (error: GuardError): never => {
    clock.abort(error);
    throw error;
  };
  try {
    oneEncoding(answer.headers.get('content-encoding') ?? '', url.host);
  } catch (error) {
    fail(error as GuardError);
  }
  if (Number(answer.headers.get('content-length')) > maxBytes) fail(tooLarge(url.host, maxBytes));
  const body = answer.body === null ? null : countedBody(answer.body, url.host, maxBytes, clock, settle);
  if (body === null) settle();
  const copy = new UndiciResponse(body, {
    status: answer.status,
    statusText: answer.statusText,
    headers: [...answer.headers],
  }) as unknown as Response;
  Object.defineProperty(copy, 'url', { value: url.href });
  Object.defineProperty(copy, 'redirected', { value: wasRedirected });
  return copy;
}

function countedBody(
  body: ReadableStream<Uint8Array>,
  where: string,
  maxBytes: number,
  clock: AbortController,
  settle: () => void,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let size = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) {
          settle();
          controller.close();
          return;
        }
        size += value.byteLength;
        if (size > maxBytes) clock.abort(tooLarge(where, maxBytes));
        clock.signal.throwIfAborted();
        controller.enqueue(value);
      } catch (error) {
        settle();
        controller.error(clock.signal.aborted ? clock.signal.reason : error);
      }
    },
    async cancel(reason) {
      settle();
      await reader.cancel(reason);
    },
  });
}
