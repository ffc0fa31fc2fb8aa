/** A message of a stream of server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
export interface Message {
  /** Null where the message has none. */
  readonly id: string | null;
  readonly event: string;
  readonly data: string;
}

/**
 * Reads the messages of a stream as they come in; comments are left out.
 * @param heard called for every piece that arrives, a comment too: the stream lives.
 */
export async function* messagesOf(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  heard: () => void = () => {},
): AsyncGenerator<Message> {
  let rest = '';
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      heard();
      const blocks = (rest + value).replaceAll('\r\n', '\n').split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const message = messageIn(block);
        if (message !== null) yield message;
      }
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function messageIn(block: string): Message | null {
  const fields = block.split('\n').filter((line) => line !== '' && !line.startsWith(':'));
  if (fields.length === 0) return null;
  const valuesOf = (name: string): string[] =>
    fields.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).replace(/^ /, ''));
  return {
    id: valuesOf('id').at(-1) ?? null,
    event: valuesOf('event').at(-1) ?? 'message',
    data: valuesOf('data').join('\n'),
  };
}
