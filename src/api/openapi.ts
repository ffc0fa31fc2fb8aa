import { buildApi } from './api.ts';
import { noTrace } from '../trace/trace.ts';
import type { ApiContext } from './parts.ts';

/**
 * The OpenAPI 3.1 document as it is served, without a database or a port. The committed copy is `docs/openapi.json`; a
 * test compares the two.
 */
export async function openApiDocument(version: string): Promise<object> {
  // Building the routes touches nothing of the context but its settings and its clock; no request is ever made.
  const settings = {
    timeZone: 'UTC',
    http: { host: '127.0.0.1', port: 0, publicUrl: null, trustedProxies: [], insecureCookies: false },
  };
  const app = await buildApi({ settings, io: { monotonic: () => 0 }, trace: noTrace } as unknown as ApiContext, {
    version,
  });
  const document = app.swagger();
  await app.close();
  return document;
}
