import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { oneEncoding, readBody, tooLarge, unpacked } from './body.ts';
import { undici } from './undici.ts';

export function toHeaders(raw: IncomingHttpHeaders): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(raw)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) headers.append(name, one);
  }
  return headers;
}

/** Lets go of an answer that nobody reads, and of its connection. */
export function drop(body: Dispatcher.ResponseData['body']): void {
  body.on('error', () => undefined).destroy();
}

/** https://fetch.spec.whatwg.org/#null-body-status */
const withoutBody = new Set([101, 103, 204, 205, 304]);

/**
 * The answer as `fetch` gives it, unpacked: read to its end, or as it comes where `maxBytes` is infinite. Throws `GuardError`
 * where its headers say already that it is `too-large` or packed as nobody reads it; what goes wrong after them is met by
 * who reads the body.
 */
export async function answerOf(
  { statusCode: status, headers: raw, body: stream }: Dispatcher.ResponseData,
  url: URL,
  wasRedirected: boolean,
  maxBytes: number,
): Promise<Response> {
  const headers = toHeaders(raw);
  const encoding = headers.get('content-encoding') ?? '';
  try {
    oneEncoding(encoding, url.host);
    if (Number(headers.get('content-length')) > maxBytes) throw tooLarge(url.host, maxBytes);
  } catch (error) {
    drop(stream);
    throw error;
  }
  const body =
    maxBytes === Infinity
      ? (Readable.toWeb(unpacked(stream, encoding, url.host)) as unknown as ReadableStream)
      : await readBody(stream, encoding, maxBytes, url.host).then((read) => read.body, failing);
  const isKnown = status >= 200 && status <= 599;
  const { Response: OwnResponse } = undici();
  const answer = new OwnResponse(withoutBody.has(status) ? null : body, {
    status: isKnown ? status : 500,
    headers: [...headers],
  });
  const own = { url: url.href, redirected: wasRedirected, ...(isKnown ? {} : { status }) };
  for (const [name, value] of Object.entries(own)) Object.defineProperty(answer, name, { value });
  return answer as unknown as Response;
}

function failing(error: unknown): ReadableStream {
  return new ReadableStream({ start: (controller) => controller.error(error) });
}
