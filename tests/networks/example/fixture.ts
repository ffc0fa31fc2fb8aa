import { startFake } from '../../fakes/fake.ts';
import type { Accept, Answer, FakeRequest } from '../../fakes/fake.ts';
import { counterpartOf } from '../counterpart.ts';
import type { Fixture } from '../fixture.ts';

const token = 'token-of-the-harbour';

/** The counterpart: a server on loopback that keeps the network's rules, its limits and its keys. */
export const fixture: Fixture = {
  lacks: { duplicate: 'the network takes the same words again' },
  async start() {
    const keys = new Map<string, string>();
    const isPost = ({ method, path }: FakeRequest): boolean => method === 'POST' && path === '/notices';

    function handle(request: FakeRequest, accept: Accept): Answer {
      if (request.headers.authorization !== `Bearer ${token}`) return { status: 401, body: {} };
      if (request.path === '/me') return { status: 200, body: { id: '7', name: 'Harbour office' } };
      if (request.method === 'DELETE') return { status: 204 };
      const text = String((request.json as { text?: unknown }).text);
      const key = String(request.headers['idempotency-key']);
      if (text.trim() === '' || [...text].length > 400) return { status: 422, body: {} };
      const id = keys.get(key) ?? String(keys.size + 1);
      if (!keys.has(key)) accept({ account: '7', id, text });
      keys.set(key, id);
      return { status: 201, body: { id } };
    }

    const fake = await startFake({ isPost, handle, refusal: () => null });
    return counterpartOf(fake, { server: fake.url, token }, { server: fake.url, token: 'another-token' });
  },
};
