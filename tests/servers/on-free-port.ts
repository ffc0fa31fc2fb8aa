import { freePort } from '../../src/store/embedded/free-port.ts';

/** A port that is free when it is asked for may be another process's a moment later: on another one then. */
const MOST_TRIES = 5;

/** Starts a server on a free port. @returns what `start` does, and the port. */
export async function onFreePort<T>(start: (port: number) => Promise<T>): Promise<{ server: T; port: number }> {
  for (let tries = 1; ; tries++) {
    const port = await freePort();
    try {
      return { server: await start(port), port };
    } catch (error) {
      if (tries === MOST_TRIES || !String(error).includes('Address already in use')) throw error;
    }
  }
}
