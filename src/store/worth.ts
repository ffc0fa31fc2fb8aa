import { worthlessAfterMs } from '../domain/urgency.ts';

const cases = Object.entries(worthlessAfterMs).map(([urgency, ms]) => `WHEN '${urgency}' THEN ${ms / 1000}`);

/** How long a post is worth something after it can go, by its urgency. SQL; `post` must be in scope. */
export const WORTH = `make_interval(secs => CASE post.urgency ${cases.join(' ')} END)`;
