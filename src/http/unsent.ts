import type { Dispatcher } from 'undici';
import { GuardError, LateStartError, StandstillError, markUnsent, wasNeverSent } from './failure.ts';

/** A request of the guarded client, with a question asked right before its first byte is written. */
export interface GuardedInit extends RequestInit {
  /** False: it is not begun, and ends with a `LateStartError` that is proof of it; its connection is kept for the next. */
  readonly mayBegin?: (() => boolean) | undefined;
}

/**
 * Wraps a dispatcher so that an error of a request of which no byte was written says so (`wasNeverSent`), whatever ended it:
 * a signal, a time limit, a closed client. What is handed to a connection may wait for it, and a process that stands still
 * meanwhile sends it late, on a connection that the other side may have ended: that is not begun any more, a plain reading
 * excepted. Source: undici calls `onRequestStart` right before it writes, and writes nothing once that has aborted.
 */
export function provingUnsent(standstills: () => number): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => {
    const before = standstills();
    const { mayBegin } = options as Pick<GuardedInit, 'mayBegin'>;
    const isReading = options.method === 'GET' || options.method === 'HEAD';
    let hasBegun = false;
    return dispatch(options, {
      onRequestStart(controller, context) {
        if (!isReading && standstills() > before) {
          controller.abort(new StandstillError());
          return;
        }
        // Thrown: to abort would end the connection too, and the next one would take as long.
        if (mayBegin?.() === false) throw markUnsent(new LateStartError());
        handler.onRequestStart?.(controller, context);
        hasBegun ||= !controller.aborted;
      },
      onRequestUpgrade: (...given) => handler.onRequestUpgrade?.(...given),
      onResponseStarted: () => handler.onResponseStarted?.(),
      onResponseStart: (...given) => handler.onResponseStart?.(...given),
      onResponseData: (...given) => handler.onResponseData?.(...given),
      onResponseEnd: (...given) => handler.onResponseEnd?.(...given),
      onResponseError: (controller, error) => handler.onResponseError?.(controller, hasBegun ? error : proofOf(error)),
    });
  };
}

/** An error of its own: a signal's reason is the same for every request that it ends, of which others may have left. */
function proofOf(error: Error): Error {
  if (wasNeverSent(error)) return error;
  const { message } = error;
  const cause = { cause: error };
  return markUnsent(
    error instanceof GuardError ? new GuardError(error.kind, message, cause) : new Error(message, cause),
  );
}
