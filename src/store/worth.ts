import { AGAIN_WORTH_MS, worthlessAfterMs } from '../domain/urgency.ts';

const cases = Object.entries(worthlessAfterMs).map(([urgency, ms]) => `WHEN '${urgency}' THEN ${ms / 1000}`);

/** How long a post is worth something after it can go, by its urgency. SQL; `post` must be in scope. */
export const WORTH = `make_interval(secs => CASE post.urgency ${cases.join(' ')} END)`;

/** It comes again, and nobody has said when it is worthless since it was written. SQL; `post` must be in scope. */
export const WORTH_AS_WRITTEN = `(post.recurrence_id IS NOT NULL AND post.worthless_after = post.due_at + make_interval(secs => ${AGAIN_WORTH_MS / 1000}))`;

/** When it wakes, where it was put off and not tried: for the end of an embargo on an address that it shows. SQL; `post` must be in scope. */
export const PUT_OFF_TO = `CASE WHEN post.state = 'scheduled' AND post.tries = 0 THEN post.wake_at END`;
