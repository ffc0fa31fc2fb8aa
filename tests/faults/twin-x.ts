import { serve } from '../fakes/serve.ts';
import { startX } from '../fakes/x.ts';

/** The fake X as a process of its own, unforgiving: a second request for the same words is a second post. */
await serve((options) => startX({ ...options, takesTwins: true }));
