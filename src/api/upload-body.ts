import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { MAX_INPUT_BYTES } from '../media/image.ts';
import type { Api } from './parts.ts';
import { ApiProblem } from './problem.ts';

const UPLOADS = new Set(['/v1/media']);
/** What a form adds around the file. */
const FORM_BYTES = 64 * 1024;
const TYPES = /^(?:multipart\/form-data|application\/octet-stream|image\/[\w.+-]+)(?:$|[ ;])/i;

/**
 * Reads the bodies of uploads: a form with `file`, or the bytes of the image alone. They are counted as they come, and the
 * first byte too many ends the request. No other route takes such a body.
 */
export function readUploads(app: Api): void {
  app.addContentTypeParser(
    TYPES,
    { parseAs: 'buffer', bodyLimit: MAX_INPUT_BYTES + FORM_BYTES },
    (request, body: Buffer, done) => {
      if (!UPLOADS.has(request.routeOptions.url ?? '')) {
        done(new ApiProblem('unsupported-media-type', 'The body is a file or a form with one: send JSON.'), undefined);
        return;
      }
      void fieldsOf(request, body).then(
        (fields) => done(null, fields),
        (error: unknown) => done(error as Error, undefined),
      );
    },
  );
}

async function fieldsOf(request: FastifyRequest, body: Buffer): Promise<Record<string, unknown>> {
  const type = request.headers['content-type'] ?? '';
  const { alt } = request.query as { alt?: string };
  if (!/^multipart\//i.test(type)) {
    return { file: withDigest(new File([new Uint8Array(body)], 'image'), body), ...(alt === undefined ? {} : { alt }) };
  }
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData().catch(() => {
    throw new ApiProblem('invalid', 'The body is not a whole multipart/form-data form.');
  });
  const fields: Record<string, unknown> = {};
  for (const [name, value] of form) {
    if (name in fields)
      throw new ApiProblem('invalid', `The form names ${name.slice(0, 80)} twice: send one image a request.`);
    fields[name] = typeof value === 'string' ? value : withDigest(value, new Uint8Array(await value.arrayBuffer()));
  }
  return fields;
}

/** The file as JSON is the digest of its bytes: an idempotency key belongs to these bytes and no others. */
function withDigest(file: File, bytes: Uint8Array): File {
  const digest = createHash('sha256').update(bytes).digest('hex');
  return Object.assign(file, { toJSON: () => digest });
}
