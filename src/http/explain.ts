import { type FetchFailure, type FetchFailureKind, guardErrorIn, wasNeverSent } from './failure.ts';

/** Turns whatever a request threw into a failure with one sentence, decided on codes and never on a message. */
export function explain(error: unknown, url: URL): FetchFailure {
  const at = safeHref(url);
  const guarded = guardErrorIn(error);
  if (guarded !== null) return { kind: guarded.kind, sentence: guarded.message, url: at };
  const kind = kindOf(error);
  return { kind, sentence: sentences[kind](url, codeOf(error)), url: at };
}

/** The address without user name, password and fragment, fit for a sentence or a log. */
export function safeHref(url: URL): string {
  const plain = new URL(url);
  plain.username = '';
  plain.password = '';
  plain.hash = '';
  return plain.href;
}

type Unplanned = Extract<FetchFailureKind, 'timeout' | 'dns' | 'refused' | 'tls' | 'broken' | 'aborted'>;

const sentences = {
  timeout: (url) => `${url.host} took too long to answer: try again later.`,
  dns: (url) => `No server is known under the name ${url.hostname}: check the address.`,
  refused: (url, code) => `${url.host} does not accept connections (${code}): check the address, or try again later.`,
  tls: (url, code) => `${url.host} has no valid certificate (${code}): its owner must renew it.`,
  broken: (url, code) => `${url.host} ended the connection before its answer was complete (${code}): try again later.`,
  aborted: (url) => `The request to ${url.host} was given up.`,
} as const satisfies Record<Unplanned, (url: URL, code: string) => string>;

const dnsCodes = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME', 'EAI_FAIL', 'ENODATA', 'ESERVFAIL']);
const timeoutCodes = new Set([
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  '23', // DOMException TimeoutError
]);
const certificateCodes = /^(?:CERT_|ERR_TLS|ERR_SSL|UNABLE_TO|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|EPROTO)/u;

function kindOf(error: unknown): Unplanned {
  const code = codeOf(error);
  if (dnsCodes.has(code)) return 'dns';
  if (timeoutCodes.has(code)) return 'timeout';
  if (certificateCodes.test(code)) return 'tls';
  if (code === '20' || code === 'UND_ERR_ABORTED') return 'aborted'; // DOMException AbortError
  return wasNeverSent(error) ? 'refused' : 'broken';
}

function codeOf(error: unknown): string {
  for (let link = error, depth = 0; link instanceof Error && depth < 8; link = link.cause, depth++) {
    const { code } = link as { code?: unknown };
    if (typeof code === 'string' || typeof code === 'number') return String(code);
  }
  return 'no code';
}
