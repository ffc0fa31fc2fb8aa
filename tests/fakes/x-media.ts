import type { Answer, FakeRequest } from './fake.ts';
import { pictureFault } from './pictures.ts';

/** https://docs.x.com/x-api/media/introduction */
const rule = { types: ['image/jpeg', 'image/png', 'image/gif', 'image/webp'], maxBytes: 5_000_000, maxAlt: 1000 };

export interface XImage {
  readonly type: string;
  readonly total: number;
  /** Bytes received so far, as text. */
  bytes: string;
  alt: string;
  isWhole: boolean;
}

/** X's upload in three requests, and the alternative text apart. `handle` answers null for everything else. */
export function startXMedia() {
  const kept = new Map<string, XImage>();

  function handle(request: FakeRequest): Answer | null {
    const body = (request.json ?? {}) as Record<string, unknown>;
    if (request.path === '/2/media/metadata') return describe(body);
    const [, id = '', step] = /^\/2\/media\/upload\/(?:(\d+)\/)?(initialize|append|finalize)$/.exec(request.path) ?? [];
    if (step === undefined) return null;
    if (step === 'initialize') return begin(body);
    const image = kept.get(id);
    if (image === undefined) return { status: 404, body: { title: 'Not Found', detail: 'No such upload.' } };
    if (step === 'append') {
      const form = request.body.toString('latin1');
      const [, bytes = ''] = /name="media"[^]*?\r\n\r\n([^]*?)\r\n--/.exec(form) ?? [];
      image.bytes += bytes;
      return { status: 204 };
    }
    if (image.bytes.length !== image.total)
      return { status: 400, body: { title: 'Invalid', detail: 'Bytes are missing.' } };
    image.isWhole = true;
    return { status: 200, body: { data: { id, media_key: `3_${id}` } } };
  }

  function begin(body: Record<string, unknown>): Answer {
    const total = Number(body['total_bytes']);
    const type = String(body['media_type']);
    const fault = pictureFault({ type, size: total, alt: '' }, rule);
    if (fault !== null) return { status: 400, body: { title: 'Invalid', detail: fault } };
    const id = String(7_000 + kept.size);
    kept.set(id, { type, total, bytes: '', alt: '', isWhole: false });
    return { status: 200, body: { data: { id, media_key: `3_${id}`, expires_after_secs: 86_400 } } };
  }

  function describe(body: Record<string, unknown>): Answer {
    const image = kept.get(String(body['id']));
    if (image === undefined) return { status: 400, body: { title: 'Invalid', detail: 'No such media.' } };
    const { text: alt } = (body['metadata'] as { alt_text: { text: string } }).alt_text;
    const fault = pictureFault({ type: image.type, size: image.total, alt }, rule);
    if (fault !== null) return { status: 400, body: { title: 'Invalid', detail: fault } };
    image.alt = alt;
    return { status: 200, body: { data: { id: body['id'] } } };
  }

  return { kept, handle };
}
