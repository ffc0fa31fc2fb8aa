import { openApiDocument } from '../api/openapi.ts';
import { version } from '../version.ts';

/** `standfirst openapi > docs/openapi.json` after a change of the API. */
export async function printOpenApi(): Promise<void> {
  process.stdout.write(`${JSON.stringify(await openApiDocument(version), null, 2)}\n`);
}
