// Opens an installation by the environment, with its API, and prints which modules of tracing were loaded for it.
import { registerHooks } from 'node:module';

const loaded = new Set<string>();
registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    if (/@opentelemetry|\/trace\/(?:open|otlp)/.test(found.url)) loaded.add(found.url);
    return found;
  },
});
const { openContext } = await import('../../src/context.ts');
const { readSettings } = await import('../../src/context-settings.ts');
const { buildApi } = await import('../../src/api/api.ts');
await import('../../workers/run.ts');
const context = await openContext(readSettings());
const app = await buildApi(context);
await app.close();
await context.close();
console.log(JSON.stringify([...loaded].map((url) => url.replace(/^.*\/(?=@opentelemetry|trace\/)/, ''))));
