import { startSmall } from './small-start.ts';

/**
 * Starts a process of the product: `node src/server.ts [--role all|api|worker]`. Exit codes: 2 usage, 69 unavailable.
 * Everything else is loaded after the heap has been told to stay small, and so is not among the imports above.
 */
const isLoaded = startSmall();
const { serve } = await import('./serve.ts');
await serve(isLoaded);
