import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildApi } from '../../src/api/api.ts';
import { createApiKey } from '../../src/api/first-run.ts';
import { claimPost } from '../../src/store/claim.ts';
import { recordFailure } from '../../src/store/attempt.ts';
import { said } from '../../src/trace/said.ts';
import { noTrace } from '../../src/trace/trace.ts';
import { readTraceparent } from '../../src/trace/traceparent.ts';
import { whyMissing } from '../servers/binaries.ts';
import { freshDatabase } from '../servers/databases.ts';
import { describeBackends } from '../servers/backends.ts';
import { installAnywhere } from '../line/install-anywhere.ts';
import { install, until } from '../line/installation.ts';
import type { Installation } from '../line/installation.ts';
import { plainStory } from '../line/newsroom.ts';
import { saidIn, startCollector } from './collector.ts';
import type { Recorded } from './collector.ts';

// A loaded machine is slow to send what it traced.
vi.setConfig({ testTimeout: 90_000 });

type Collector = Awaited<ReturnType<typeof startCollector>>;
const SECRETS = { OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20key-of-the-collector,x-tenant=desk' };

/** The API of an installation that a key may ask everything. */
async function desk({ context }: Installation) {
  const app = await buildApi(context, { dashboardDir: '/nowhere' });
  const { secret } = await createApiKey(context, { name: 'test' }, 'test');
  return {
    app,
    secret,
    ask: async <T>(method: 'GET' | 'POST', url: string, payload?: object, headers = {}): Promise<T> => {
      const sent = { authorization: `Bearer ${secret}`, ...headers };
      const answer = await app.inject({ method, url, headers: sent, ...(payload === undefined ? {} : { payload }) });
      if (answer.statusCode >= 300) throw new Error(`${method} ${url}: ${answer.statusCode} ${answer.body}`);
      return answer.json<T>();
    },
  };
}

interface Post {
  readonly id: string;
  readonly state: string;
  readonly attempts: { readonly id: string; readonly traceId: string | null }[];
}

describeBackends('traces', (backend) => {
  let collector: Collector;
  let at: Installation;
  let api: Awaited<ReturnType<typeof desk>>;
  beforeAll(async () => {
    collector = await startCollector();
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_SERVICE_NAME: 'herald', ...SECRETS };
    at = await install(backend, { env });
    api = await desk(at);
    // The first round of the sweep rings for whatever is due; what it rang for in the place of a request is in no trace of it.
    await until(
      'the first round',
      async () => collector.spans().find(({ name }) => name === 'job tidy') ?? null,
      60_000,
    );
  });
  afterAll(async () => {
    await api.app.close();
    await at[Symbol.asyncDispose]();
    await collector[Symbol.asyncDispose]();
  });
  const arrived = (name: string, of: string): Promise<Recorded> =>
    until(
      `the span ${name}`,
      async () => collector.spans().find((span) => span.name === name && JSON.stringify(span).includes(of)) ?? null,
      60_000,
    );

  it('go from a request over its job to the try at publishing, and the try remembers them', async () => {
    const above = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) };
    const given = { accountIds: [at.sandbox.id], text: 'A ferry, with a secret-of-the-text.', schedule: 'now' };
    const { data } = await api.ask<{ data: Post[] }>('POST', '/v1/posts', given, {
      traceparent: `00-${above.traceId}-${above.spanId}-01`,
    });
    const id = data[0]?.id ?? '';
    const attempt = await arrived('attempt', id);
    // The job ends after its attempt, and what has ended is sent in batches.
    const job = await arrived('job publish', attempt.parentSpanId ?? 'of no job');
    const request = await arrived('POST /v1/posts', above.traceId);
    expect([attempt.traceId, job.traceId, request.traceId]).toEqual(Array(3).fill(above.traceId));
    const parents = [attempt, job, request].map(({ parentSpanId }) => parentSpanId);
    expect(parents).toEqual([job.spanId, request.spanId, above.spanId]);
    expect(saidIn(attempt.attributes)).toMatchObject({
      'standfirst.postId': id,
      'standfirst.network': 'sandbox',
      'standfirst.outcome': 'published',
    });
    expect(saidIn(request.attributes)).toMatchObject({ 'http.route': '/v1/posts', 'http.response.status_code': 201 });
    const { attempts } = await api.ask<Post>('GET', `/v1/posts/${id}`);
    expect(attempts.map(({ traceId }) => traceId)).toEqual([above.traceId]);
    expect(collector.resource()).toMatchObject({ 'service.name': 'herald', 'service.version': '0.1.0' });
  });

  it('go along the line, and a person’s approval is linked to what wrote the post', async () => {
    const article = { title: 'Ferry sails again', text: plainStory(`Ferry ${backend.name}`), lang: 'en' };
    const { id } = await api.ask<{ id: string }>('POST', '/v1/articles', article);
    const post = await until('the post', async () => {
      const { data } = await api.ask<{ data: Post[] }>('GET', `/v1/posts?article=${id}`);
      return data[0] ?? null;
    });
    const line = [];
    for (const name of ['job ingest', 'job summarize', 'job compose']) line.push(await arrived(name, id));
    expect(new Set(line.map(({ traceId }) => traceId)).size).toBe(1);
    expect(line[1]?.parentSpanId).toBe(line[0]?.spanId);
    expect(line[2]?.parentSpanId).toBe(line[1]?.spanId);

    await api.ask('POST', `/v1/posts/${post.id}/approve`, { schedule: 'now' });
    const attempt = await arrived('attempt', post.id);
    const approval = await arrived('POST /v1/posts/:id/approve', attempt.traceId);
    expect(approval.links.map(({ traceId }) => traceId)).toEqual([line[0]?.traceId]);
  });

  it('know the try again whose answer was lost, when it is looked up much later', async () => {
    const given = { accountIds: [at.sandbox.id], text: 'A ferry is lost.', schedule: { at: inAnHour() } };
    const { data } = await api.ask<{ data: Post[] }>('POST', '/v1/posts', given);
    const [post] = data;
    if (post === undefined) throw new Error('No post.');
    const { database, trace, io } = at.context;
    const attemptId = io.id('attempt');
    const sentIn = await trace.span('before the worker died', { kind: 'consumer' }, async () => {
      // In one: no worker that lives comes before.
      await database.transaction(async (sql) => {
        await sql.run(`UPDATE standfirst.post SET wake_at = standfirst.clock() WHERE id = $1`, [post.id]);
        await claimPost(sql, { postId: post.id, workerId: 'wrk_dead', attemptId, phase: 'sent' });
      });
      await trace.follow(attemptId);
      return trace.current()?.split('-')[1];
    });
    const lost = { kind: 'unknown', cause: 'timeout_unknown', detail: '' } as const;
    await recordFailure(database, attemptId, lost, { state: 'unknown', checkAfterMs: 0 });
    // The sweep rings, and nothing that it is told says where it comes from.
    const look = await arrived('job reconcile', attemptId);
    expect(look.parentSpanId ?? '').toBe('');
    expect(look.links.map(({ traceId }) => traceId)).toEqual([sentIn]);
    const { attempts } = await api.ask<Post>('GET', `/v1/posts/${post.id}`);
    expect(attempts.find(({ id }) => id === attemptId)?.traceId).toBe(sentIn);
  });

  it('are none of a stranger’s, nor of who shows a wrong key', async () => {
    const traceparent = `00-${'c'.repeat(32)}-${'d'.repeat(16)}-01`;
    for (const authorization of [undefined, 'Bearer sf_live_wrong'])
      await api.app.inject({
        url: '/v1/posts',
        headers: { traceparent, ...(authorization === undefined ? {} : { authorization }) },
      });
    await api.app.inject({ url: '/healthz', headers: { traceparent } });
    const { id } = await api.ask<{ id: string }>('POST', '/v1/holds', { scope: 'word', target: 'q', reason: 'q' });
    await api.ask('POST', `/v1/holds/${id}/lift`, { resume: 'as-planned' });
    await arrived('POST /v1/holds/:id/lift', 'http.route');
    expect(collector.seen.map(({ body }) => body).join()).not.toContain('c'.repeat(32));
  });

  it('say nothing that anybody wrote, and no secret', async () => {
    const sent = collector.seen.map(({ body }) => body).join('\n');
    expect(sent).toContain(at.sandbox.id);
    for (const secret of [api.secret, 'secret-of', 'ferry', 'Ferry', 'key-of-the-collector'])
      expect(sent).not.toContain(secret);
    const tokens = { authorization: 'Bearer key-of-the-collector', 'x-tenant': 'desk' };
    expect(collector.seen[0]?.headers).toMatchObject(tokens);
  });
});

const inAnHour = (): string => new Date(Date.now() + 3_600_000).toISOString();

describe('what a span says', () => {
  it.each([
    'sf_live_0123456789abcdef',
    'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    'Mayor Brandt resigns',
    'https://news.example/?token=1',
    'a'.repeat(43),
    'eyJhbGciOiJub25lIn0.e30.',
    'x'.repeat(121),
    'line\nbreak',
  ])('is never %s', (text) => {
    expect(said({ 'standfirst.x': text })).toEqual({ 'standfirst.x': '[withheld]' });
  });

  it.each(['story_0192f0c1-0000-7000-8000-000000000000', '/v1/posts/:id', 'publish-sandbox', 12, true])(
    'may be %s',
    (value) => {
      expect(said({ 'standfirst.x': value })).toEqual({ 'standfirst.x': value });
    },
  );
});

it.each([
  ['00-' + 'a'.repeat(32) + '-' + 'b'.repeat(16) + '-01', true],
  ['00-' + '0'.repeat(32) + '-' + 'b'.repeat(16) + '-01', false],
  ['00-' + 'a'.repeat(32) + '-' + '0'.repeat(16) + '-01', false],
  ['01-' + 'a'.repeat(32) + '-' + 'b'.repeat(16) + '-01', false],
  ['00-' + 'A'.repeat(32) + '-' + 'b'.repeat(16) + '-01', false],
  ['00-' + 'a'.repeat(32) + '-' + 'b'.repeat(16) + '-01\n', false],
  [['00'], false],
])('takes %s for a traceparent: %s', (text, isOne) => {
  expect(readTraceparent(text) !== null).toBe(isOne);
});

describe('a collector that is away', () => {
  it('delays no post, and is told of once', async () => {
    const lines: string[] = [];
    const log = pino({ level: 'warn' }, { write: (line) => void lines.push(line) });
    await using at = await installAnywhere({ log, env: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' } });
    const api = await desk(at);
    for (const text of ['One.', 'Two.']) {
      const given = { accountIds: [at.sandbox.id], text, schedule: 'now' };
      const { data } = await api.ask<{ data: Post[] }>('POST', '/v1/posts', given);
      await until('publishing', async () => {
        const post = await api.ask<Post>('GET', `/v1/posts/${data[0]?.id}`);
        return post.state === 'published';
      });
    }
    const told = await until('the word', async () => lines.find((line) => line.includes('collector')) ?? null);
    expect(JSON.parse(told)).toMatchObject({
      msg: expect.stringMatching(/^\d+ spans did not reach the collector at 127\.0\.0\.1:9: /),
    });
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(lines.filter((line) => line.includes('collector'))).toHaveLength(1);
    await api.app.close();
  });
});

describe('without a collector', () => {
  it.each([
    ['nothing of it is loaded', {}, (names: string[]) => expect(names).toEqual([])],
    [
      'as it is with one',
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' },
      (names: string[]) => expect(names.join()).toContain('@opentelemetry/sdk-trace'),
    ],
  ])('%s', { timeout: 120_000 }, async (_what, env, look) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'standfirst-trace-'));
    const place = whyMissing('postgres') === undefined ? { DATABASE_URL: await freshDatabase() } : {};
    const shared = { PATH: process.env['PATH'], STANDFIRST_DATA: dataDir, STANDFIRST_LOG_LEVEL: 'silent' };
    const child = await promisify(execFile)(process.execPath, ['tests/trace/what-is-loaded.ts'], {
      env: { ...shared, ...place, ...env },
    });
    await rm(dataDir, { recursive: true });
    look(JSON.parse(child.stdout) as string[]);
  });

  it('is what it costs: the work itself', async () => {
    expect(noTrace.current()).toBeNull();
    expect(await noTrace.span('x', { kind: 'client' }, async () => 7)).toBe(7);
  });
});
