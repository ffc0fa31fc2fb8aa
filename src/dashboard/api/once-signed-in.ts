import { ApiError, sessionEvents } from './client.ts';

/** Does what was decided; where the session has ended meanwhile, once its member has signed in anew. @throws as the work. */
export async function onceSignedIn<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      await new Promise((resolve) => sessionEvents.addEventListener('again', resolve, { once: true }));
    }
  }
}
