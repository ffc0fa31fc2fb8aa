import type { Answer, FakeRequest } from './fake.ts';
import { pictureFault } from './pictures.ts';
import type { Picture } from './pictures.ts';

/** An image block shows these: https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object; the size is ours. */
const rule = { types: ['image/jpeg', 'image/png', 'image/gif'], maxBytes: 10_000_000 };

interface File extends Picture {
  readonly length: number;
  readonly isWhole: boolean;
  looks: number;
}

/** Slack's upload in three steps. A file is shown in no channel by it, and may be named in a message once it was looked at. */
export function startSlackFiles(address: () => string, looks: number) {
  const kept = new Map<string, File>();

  /** The bytes go to an address that needs no token; null for every other request. */
  function receive(request: FakeRequest): Answer | null {
    const [, id = ''] = /^\/upload\/v1\/(F\w+)$/.exec(request.path) ?? [];
    const file = kept.get(id);
    if (id === '') return null;
    if (file === undefined || file.length !== request.body.length) return { status: 400, body: 'wrong length' };
    const picture = { type: request.headers['content-type'] ?? '', size: request.body.length, alt: '' };
    if (pictureFault(picture, rule) !== null) return { status: 415, body: 'not supported' };
    kept.set(id, { ...file, ...picture });
    return { status: 200, body: `OK - ${request.body.length}` };
  }

  function handle(path: string, body: Record<string, unknown>): Answer {
    if (path.endsWith('getUploadURLExternal')) return begin(Number(body['length']));
    if (path.endsWith('completeUploadExternal')) return complete((body['files'] ?? []) as { id: string }[]);
    const file = kept.get(String(body['file']));
    if (file === undefined) return { status: 200, body: { ok: false, error: 'file_not_found' } };
    file.looks -= 1;
    return { status: 200, body: { ok: true, file: { id: body['file'], mimetype: file.looks < 0 ? file.type : '' } } };
  }

  function begin(length: number): Answer {
    if (!(length > 0)) return { status: 200, body: { ok: false, error: 'invalid_arguments' } };
    const id = `F${String(kept.size + 1).padStart(9, '0')}`;
    kept.set(id, { type: '', size: 0, alt: '', length, isWhole: false, looks });
    return { status: 200, body: { ok: true, upload_url: `${address()}/upload/v1/${id}`, file_id: id } };
  }

  function complete(files: readonly { id: string }[]): Answer {
    for (const { id } of files) {
      const file = kept.get(id);
      if (file === undefined || file.size !== file.length)
        return { status: 200, body: { ok: false, error: 'file_not_found' } };
      kept.set(id, { ...file, isWhole: true });
    }
    return { status: 200, body: { ok: true, files } };
  }

  const isReady = (id: string): boolean => kept.get(id)?.isWhole === true && (kept.get(id)?.looks ?? 0) < 0;
  return { kept, receive, handle, isReady };
}
